package dev.signalbox.core.config;

import dev.signalbox.core.dialect.ReadingRefused;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.BiFunction;

/** A tree over matchers. Closed. */
public sealed interface Condition {

    /** Asks it for the request; what does not matter any more is not asked. */
    Finding ask(RequestView request);

    /** The same tree with its matchers made. */
    Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make);

    /**
     * What came of asking.
     *
     * @param holds whether it holds
     * @param why the matchers that decided, each with what it measured
     */
    record Finding(boolean holds, String why) {}

    /** All of them hold; true of none. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public Finding ask(RequestView request) {
            return Condition.until(parts, request, false, " and ");
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
        public Finding ask(RequestView request) {
            return Condition.until(parts, request, true, "; ");
        }

        @Override
        public Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make) {
            return new Any(parts.stream().map(part -> part.bound(make)).toList());
        }
    }

    /** It does not hold. */
    record Not(Condition part) implements Condition {
        @Override
        public Finding ask(RequestView request) {
            Finding found = part.ask(request);
            return new Finding(!found.holds(), "not (%s)".formatted(found.why()));
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

        /** Traces keep it, and a client's words may stand in it. */
        private static final int LONGEST_SEEN = 200;

        @Override
        public Finding ask(RequestView request) {
            try {
                Matcher.Finding found = matcher.find(request);
                String seen = found.seen();
                return new Finding(found.holds(), seen.isEmpty() ? name : name + " (seen: " + inShort(seen) + ")");
            } catch (ReadingRefused refused) {
                throw refused; // nobody's bug
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError defect) {
                throw new MatcherDefect(name, defect);
            }
        }

        private static String inShort(String seen) {
            return seen.length() <= LONGEST_SEEN ? seen : seen.substring(0, LONGEST_SEEN) + "…";
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
        public Finding ask(RequestView request) {
            throw new IllegalStateException("the matcher %s was not made yet".formatted(name));
        }

        @Override
        public Condition bound(BiFunction<MatcherFactory, PluginConfig, Matcher> make) {
            return new Matches(name, make.apply(factory, config));
        }
    }

    /** The first part that comes out like that decides; all of them together, where none does. */
    private static Finding until(List<Condition> parts, RequestView request, boolean decisive, String between) {
        StringJoiner all = new StringJoiner(between);
        for (Condition part : parts) {
            Finding found = part.ask(request);
            if (found.holds() == decisive) {
                return found;
            }
            all.add(found.why());
        }
        return new Finding(!decisive, all.toString());
    }

    /** A matcher threw: its own bug, told by name and never a wrong route. */
    final class MatcherDefect extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MatcherDefect(String name, Throwable cause) {
            super("The matcher %s failed: %s".formatted(name, cause), cause);
        }
    }
}
