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

    /** Of one question; some milliseconds. */
    private static final int STEPS = 100_000;

    /** What holds for every request. */
    static final Condition ALWAYS = new All(List.of());

    private int left = 20 * STEPS; // a hundred rules need a few thousand

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
        if (impossible(List.of(condition))) {
            return Optional.of(false);
        }
        return impossible(List.of(not(condition))) ? Optional.of(true) : Optional.empty();
    }

    /** Whether the wide one surely holds wherever the narrow one does. */
    boolean implies(Condition narrow, Condition wide) {
        return impossible(List.of(narrow, not(wide)));
    }

    /** Whether surely one of them holds wherever the narrow one does. */
    boolean implies(Condition narrow, List<Condition> wide) {
        return impossible(Stream.concat(Stream.of(narrow), wide.stream().map(Meaning::not))
                .toList());
    }

    /** Whether no request can be for which all of them hold. */
    private boolean impossible(List<Condition> all) {
        Tableau tableau = new Tableau(Math.min(STEPS, left));
        boolean closes = tableau.closes(all);
        left -= tableau.steps();
        return closes;
    }

    private static Condition not(Condition condition) {
        return plain(condition, true);
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
