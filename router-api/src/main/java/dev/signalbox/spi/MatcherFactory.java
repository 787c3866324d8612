package dev.signalbox.spi;

import dev.signalbox.api.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes matchers of one type, written {@code type: argument} in a rule.
 *
 * <p>What it tells of arguments beside that is for {@code check}, which finds rules that can never decide. It may know
 * little, but what it says has to be so: a rule that works must never be called one that does not. All of it is pure.
 */
public interface MatcherFactory extends PluginFactory<Matcher> {

    /** What stands after the type's name in a rule, such as {@code Option.comparison("code-fence-ratio", 0, 1)}. */
    Option<?> argument();

    /** The argument alone. */
    @Override
    default List<Option<?>> options() {
        return List.of(argument());
    }

    /** Whether every request that fits the one argument surely fits the other one too; as every argument does itself. */
    default boolean implies(PluginConfig narrow, PluginConfig wide) {
        return narrow.equals(wide);
    }

    /** The argument that fits exactly those requests which do not fit this one; empty if there is none, or nobody knows. */
    default Optional<PluginConfig> opposite(PluginConfig argument) {
        return Optional.empty();
    }

    /** Whether every request fits that argument, or none does; empty where it depends on the request. */
    default Optional<Boolean> constant(PluginConfig argument) {
        return Optional.empty();
    }

    /** What requests that fit that argument ask of a model, such as vision where there is to be an image. */
    default Set<Capability> demands(PluginConfig argument) {
        return Set.of();
    }
}
