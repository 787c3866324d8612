package dev.signalbox.spi;

import java.util.List;

/** Makes matchers of one type, written {@code type: argument} in a rule. */
public interface MatcherFactory extends PluginFactory<Matcher> {

    /** What stands after the type's name in a rule, such as {@code Option.comparison("code-fence-ratio", 0, 1)}. */
    Option<?> argument();

    /** The argument alone. */
    @Override
    default List<Option<?>> options() {
        return List.of(argument());
    }
}
