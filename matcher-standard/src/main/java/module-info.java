import dev.signalbox.matcher.standard.CallerFactory;
import dev.signalbox.matcher.standard.CodeFenceRatioFactory;
import dev.signalbox.matcher.standard.ContentContainsFactory;
import dev.signalbox.matcher.standard.ContentRegexFactory;
import dev.signalbox.matcher.standard.DialectFactory;
import dev.signalbox.matcher.standard.HasImageFactory;
import dev.signalbox.matcher.standard.HasToolsFactory;
import dev.signalbox.matcher.standard.HeaderFactory;
import dev.signalbox.matcher.standard.LanguageFactory;
import dev.signalbox.matcher.standard.MessageCountFactory;
import dev.signalbox.matcher.standard.ModelPatternFactory;
import dev.signalbox.matcher.standard.StreamingFactory;
import dev.signalbox.matcher.standard.TaskFactory;
import dev.signalbox.matcher.standard.TimeOfDayFactory;
import dev.signalbox.matcher.standard.TokenCountFactory;
import dev.signalbox.matcher.standard.ToolNamedFactory;
import dev.signalbox.matcher.standard.WantsFactory;
import dev.signalbox.spi.MatcherFactory;
import org.jspecify.annotations.NullMarked;

/** Matchers for what most rules ask: images, tools, code, words, sizes, headers, callers, times. */
@NullMarked
@SuppressWarnings(
        "requires-automatic") // re2j has no module name of its own; this module exports nothing, so nobody requires it
module dev.signalbox.matcher.standard {
    requires dev.signalbox.api;
    requires re2j;

    provides MatcherFactory with
            CallerFactory,
            CodeFenceRatioFactory,
            ContentContainsFactory,
            ContentRegexFactory,
            DialectFactory,
            HasImageFactory,
            HasToolsFactory,
            HeaderFactory,
            LanguageFactory,
            MessageCountFactory,
            ModelPatternFactory,
            StreamingFactory,
            TaskFactory,
            TimeOfDayFactory,
            TokenCountFactory,
            ToolNamedFactory,
            WantsFactory;
}
