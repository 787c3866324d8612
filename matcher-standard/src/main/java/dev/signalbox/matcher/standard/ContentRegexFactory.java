package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;

/** {@code content-regex}: whether a regular expression is found in what is said. */
public final class ContentRegexFactory extends StandardFactory<PluginConfig> {

    private static final Option<Expression> EXPRESSION = Expression.option("expression")
            .doc("The expression, in RE2's syntax; it is looked for anywhere in the text.");

    private static final Option<PluginConfig> ARGUMENT = Option.groupOrFirst("content-regex", EXPRESSION, Scope.OPTION)
            .doc("Whether a regular expression is found in what is said, in time linear in the text.");

    /** Stateless. */
    public ContentRegexFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(PluginConfig value, PluginContext context) {
        return new Content(value.get(Scope.OPTION), value.get(EXPRESSION)::find);
    }

    @Override
    boolean covers(PluginConfig wide, PluginConfig narrow) {
        return Scope.same(wide, narrow) && wide.get(EXPRESSION).equals(narrow.get(EXPRESSION));
    }
}
