package dev.signalbox.core.config;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.RequestView;
import java.util.List;

/** A tree over matchers. Closed. */
public sealed interface Condition {

    /** Whether it holds for the request. */
    boolean holds(RequestView request);

    /** All of them hold; true of none. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(RequestView request) {
            return parts.stream().allMatch(part -> part.holds(request));
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
    }

    /** It does not hold. */
    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(RequestView request) {
            return !part.holds(request);
        }
    }

    /**
     * What a matcher says.
     *
     * @param name the matcher's type and argument as written, for traces
     * @param matcher the matcher
     */
    record Asked(String name, Matcher matcher) implements Condition {
        @Override
        public boolean holds(RequestView request) {
            try {
                return matcher.matches(request);
            } catch (RuntimeException defect) {
                throw new MatcherDefect(name, defect);
            }
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
