package dev.signalbox.matcher.standard;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import java.util.List;
import java.util.stream.Stream;

/** {@code dialect}: which API the client speaks. */
public final class DialectFactory extends StandardFactory<List<Glob>> {

    private static final List<String> KNOWN =
            Dialect.KNOWN.stream().map(Dialect::id).toList();
    private static final List<String> FAMILIES =
            Dialect.KNOWN.stream().map(Dialect::family).distinct().toList();

    private static final Option<List<Glob>> ARGUMENT = Option.listOf(
                    "dialect",
                    Option.parsed("dialect", "a dialect such as openai.chat", DialectFactory::read)
                            .doc("A dialect, the part before its dot, or a pattern."))
            .doc("Whether the client speaks one of these: `openai.chat`, `anthropic` for all of a family, or a pattern"
                    + " such as `*.chat`. All: `" + String.join("`, `", KNOWN) + "`.");

    /** Stateless. */
    public DialectFactory() {
        super(ARGUMENT);
    }

    /** Dialects are an open set; one that only a plugin speaks is named by a pattern. */
    private static Glob read(String text) {
        Glob glob = new Glob(text);
        if (FAMILIES.contains(text) && !KNOWN.contains(text)) {
            return new Glob(text + ".*");
        }
        if (!glob.wild() && !KNOWN.contains(text)) {
            List<String> names =
                    Stream.concat(KNOWN.stream(), FAMILIES.stream()).distinct().toList();
            throw new IllegalArgumentException(Near.hint(text, names));
        }
        return glob;
    }

    @Override
    Matcher matcher(List<Glob> value, PluginContext context) {
        return new Named(value, request -> List.of(request.dialect().id()));
    }
}
