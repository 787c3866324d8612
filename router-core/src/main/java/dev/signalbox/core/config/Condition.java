package dev.signalbox.core.config;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import java.util.List;
import java.util.function.BiFunction;

/** A tree over matchers. Closed. */
public sealed interface Condition {

    /** Whether it holds for the request. */
    boolean holds(RequestView request);

    /** The same tree with its matchers made. */
    Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make);

    /** All of them hold; true of none. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(RequestView request) {
            return parts.stream().allMatch(part -> part.holds(request));
        }

        @Override
        public Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make) {
            return new All(parts.stream().map(part -> part.bound(make)).toList());
        }
    }

    /** At least one of them holds; false of none. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(RequestView request) {
            return parts.stream().anyMatch(part -> part.holds(request));
        }

        @Override
        public Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make) {
            return new Any(parts.stream().map(part -> part.bound(make)).toList());
        }
    }

    /** It does not hold. */
    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(RequestView request) {
            return !part.holds(request);
        }

        @Override
        public Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make) {
            return new Not(part.bound(make));
        }
    }

    /**
     * What a matcher says; made by {@link #bound}.
     *
     * @param name the matcher's type and argument as written, for traces
     * @param matcher the matcher
     */
    record Matches(String name, Matcher matcher) implements Condition {
        @Override
        public boolean holds(RequestView request) {
            try {
                return matcher.matches(request);
            } catch (RuntimeException defect) {
                throw new MatcherDefect(name, defect);
            }
        }

        @Override
        public Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make) {
            return this;
        }
    }

    /**
     * A matcher that is yet to be made, as configuration names it.
     *
     * @param name its type and argument as written, for traces
     * @param factory who makes it
     * @param config its argument
     */
    record Asked(String name, MatcherFactory factory, PluginConfig config) implements Condition {
        @Override
        public boolean holds(RequestView request) {
            throw new IllegalStateException("the matcher %s was not made yet".formatted(name));
        }

        @Override
        public Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make) {
            return new Matches(name, make.apply(factory, config));
        }
    }

    /** A matcher threw: its own bug, told by name and never a wrong route. */
    final class MatcherDefect extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MatcherDefect(String name, RuntimeException cause) {
            super("The matcher %s failed: %s".formatted(name, cause), cause);
        }
    }
}
