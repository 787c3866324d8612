package dev.signalbox.core.lint;

import dev.signalbox.core.config.Condition;
import dev.signalbox.core.config.Condition.All;
import dev.signalbox.core.config.Condition.Any;
import dev.signalbox.core.config.Condition.Asked;
import dev.signalbox.core.config.Condition.Not;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether several conditions can hold together, by going through every way in which they might: an analytic
 * tableau (R. Smullyan, First-Order Logic, 1968). A way closes where one matcher rules another out. Takes conditions with
 * {@code not} in front of matchers only. For one question and one thread.
 */
final class Tableau {

    private final int most;
    private int steps;

    /** One that says that it does not know after so many comparisons of matchers. */
    Tableau(int most) {
        this.most = most;
    }

    /** How many comparisons it took. */
    int steps() {
        return steps;
    }

    /** Whether surely not all of them can hold together. */
    boolean closes(List<Condition> all) {
        return closes(new ArrayDeque<>(all), new ArrayDeque<>(), new ArrayList<>());
    }

    /**
     * Goes on from what is known.
     *
     * @param open what is yet to be looked at
     * @param ways what may come about in several ways, looked at when nothing else is left
     * @param known the matchers that hold, and those that do not
     */
    private boolean closes(Deque<Condition> open, Deque<Any> ways, List<Condition> known) {
        while (!open.isEmpty() && steps <= most) {
            switch (open.removeFirst()) {
                case All all -> all.parts().forEach(open::addFirst);
                case Any any -> ways.addLast(any);
                case Condition matcher -> {
                    if (constant(matcher).isPresent() ? !constant(matcher).get() : excluded(matcher, known)) {
                        return true;
                    }
                    known.add(matcher);
                }
            }
        }
        return steps <= most && !ways.isEmpty() && everyWayCloses(ways, known);
    }

    private boolean everyWayCloses(Deque<Any> ways, List<Condition> known) {
        Any next = ways.removeFirst();
        for (Condition part : next.parts()) {
            if (!closes(new ArrayDeque<>(List.of(part)), new ArrayDeque<>(ways), new ArrayList<>(known))) {
                return false;
            }
        }
        return true;
    }

    private boolean excluded(Condition matcher, List<Condition> known) {
        for (Condition other : known) {
            if (++steps > most) {
                return false;
            }
            if (excludes(matcher, other) || excludes(other, matcher)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Boolean> constant(Condition matcher) {
        return switch (matcher) {
            case Not not -> constant(not.part()).map(holds -> !holds);
            case Asked asked -> asked.factory().constant(asked.config());
            default -> Optional.empty();
        };
    }

    /** Whether the one lies within what is not the other. */
    private static boolean excludes(Condition one, Condition other) {
        Optional<Condition> wide = other instanceof Not not ? Optional.of(not.part()) : opposite(other);
        Optional<Condition> narrow = one instanceof Not not ? opposite(not.part()) : Optional.of(one);
        return wide.isPresent() && narrow.isPresent() && implies(narrow.get(), wide.get());
    }

    private static boolean implies(Condition narrow, Condition wide) {
        if (narrow instanceof Asked one && wide instanceof Asked other) {
            return one.factory().equals(other.factory()) && one.factory().implies(one.config(), other.config());
        }
        return narrow.equals(wide);
    }

    private static Optional<Condition> opposite(Condition matcher) {
        return matcher instanceof Asked asked
                ? asked.factory()
                        .opposite(asked.config())
                        .map(config -> new Asked(asked.name(), asked.factory(), config))
                : Optional.empty();
    }
}
