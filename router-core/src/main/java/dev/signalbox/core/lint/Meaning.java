package dev.signalbox.core.lint;

import dev.signalbox.api.Capability;
import dev.signalbox.core.config.Condition;
import dev.signalbox.core.config.Condition.All;
import dev.signalbox.core.config.Condition.Any;
import dev.signalbox.core.config.Condition.Asked;
import dev.signalbox.core.config.Condition.Not;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be said of conditions without asking them. What it says is so; it does not find everything, and nothing more
 * once it has looked for long. Takes conditions that {@link #plain} has made plain. For one thread.
 */
final class Meaning {

    private int steps = 1_000_000; // some tens of milliseconds; a hundred rules need a few thousand

    /** The same condition with {@code not} in front of matchers only. */
    static Condition plain(Condition condition) {
        return plain(condition, false);
    }

    private static Condition plain(Condition condition, boolean negated) {
        return switch (condition) {
            case Not not -> plain(not.part(), !negated);
            case All all -> negated ? new Any(plain(all.parts(), true)) : new All(plain(all.parts(), false));
            case Any any -> negated ? new All(plain(any.parts(), true)) : new Any(plain(any.parts(), false));
            default -> negated ? new Not(condition) : condition;
        };
    }

    private static List<Condition> plain(List<Condition> parts, boolean negated) {
        return parts.stream().map(part -> plain(part, negated)).toList();
    }

    /** Whether it holds for every request, or for none; empty where that depends, or cannot be said. */
    Optional<Boolean> constant(Condition condition) {
        return switch (condition) {
            case All all -> constant(all.parts(), false).or(() -> contradict(all.parts(), false));
            case Any any -> constant(any.parts(), true).or(() -> contradict(any.parts(), true));
            case Not not -> constant(not.part()).map(holds -> !holds);
            case Asked asked -> asked.factory().constant(asked.config());
            case Condition.Matches matches -> Optional.empty();
        };
    }

    /** One part that comes out like that decides; so do all of them together that do not. */
    private Optional<Boolean> constant(List<Condition> parts, boolean decisive) {
        boolean all = true;
        for (Condition part : parts) {
            Optional<Boolean> known = constant(part);
            if (known.equals(Optional.of(decisive))) {
                return known;
            }
            all &= known.isPresent();
        }
        return all ? Optional.of(!decisive) : Optional.empty();
    }

    /** Of all of them, one forbids what another wants; of any of them, one holds wherever another does not. */
    private Optional<Boolean> contradict(List<Condition> parts, boolean any) {
        for (Condition part : parts) {
            if (part instanceof Not not
                    && parts.stream()
                            .anyMatch(other -> any ? implies(not.part(), other) : implies(other, not.part()))) {
                return Optional.of(any);
            }
        }
        return Optional.empty();
    }

    /** Whether the wide one surely holds wherever the narrow one does. */
    boolean implies(Condition narrow, Condition wide) {
        if (--steps < 0) {
            return false;
        }
        if (wide instanceof All all) {
            return all.parts().stream().allMatch(part -> implies(narrow, part));
        }
        if (narrow instanceof Any any) {
            return any.parts().stream().allMatch(part -> implies(part, wide));
        }
        return (wide instanceof Any any && any.parts().stream().anyMatch(part -> implies(narrow, part)))
                || (narrow instanceof All all && all.parts().stream().anyMatch(part -> implies(part, wide)))
                || matcherImplies(narrow, wide);
    }

    private static boolean matcherImplies(Condition narrow, Condition wide) {
        if (narrow instanceof Not not && wide instanceof Not other) {
            return matcherImplies(other.part(), not.part());
        }
        if (narrow instanceof Asked one && wide instanceof Asked other) {
            return one.factory().equals(other.factory()) && one.factory().implies(one.config(), other.config());
        }
        return narrow.equals(wide);
    }

    /** What requests for which it holds ask of a model. */
    static Set<Capability> demands(Condition condition) {
        return switch (condition) {
            case All all -> union(all.parts());
            case Any any -> common(any.parts());
            case Asked asked -> asked.factory().demands(asked.config());
            case Not not -> Set.of();
            case Condition.Matches matches -> Set.of();
        };
    }

    private static Set<Capability> union(List<Condition> parts) {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        parts.forEach(part -> all.addAll(demands(part)));
        return all;
    }

    private static Set<Capability> common(List<Condition> parts) {
        Stream<Set<Capability>> each = parts.stream().map(Meaning::demands);
        return each.reduce((one, other) -> {
                    Set<Capability> both = EnumSet.noneOf(Capability.class);
                    one.stream().filter(other::contains).forEach(both::add);
                    return both;
                })
                .orElseGet(Set::of);
    }
}
