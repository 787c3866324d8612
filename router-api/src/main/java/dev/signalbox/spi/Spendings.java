package dev.signalbox.spi;

import dev.signalbox.api.Target;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What answers have taken, one line for all that have everything in common: what a ledger keeps of it. There is room for
 * {@value #MOST} lines. Where that is not enough the oldest day is forgotten; what is new on a day that has all the room
 * for itself is added up in one line for all others. Not for several threads.
 */
public final class Spendings {

    /** How many lines there is room for. */
    public static final int MOST = 20_000;

    private static final String OTHERS = "*";

    private final Map<Spending.Of, Spending> lines = new HashMap<>();

    /** No lines yet. */
    public Spendings() {}

    /** Adds something; returns under what it is added up. */
    public Spending.Of add(Spending spending) {
        Spending.Of own = spending.of();
        Spending known = lines.get(own);
        if (known != null) {
            lines.put(own, known.plus(spending));
            return own;
        }
        Spending.Of of = makeRoom(own.day()) ? own : others(own.day());
        lines.merge(of, of.equals(own) ? spending : spending.under(of), Spending::plus);
        return of;
    }

    /** Whether there is room for one line more. */
    private boolean makeRoom(String day) {
        if (lines.size() < MOST) {
            return true;
        }
        Optional<String> oldest = firstDay().filter(first -> first.compareTo(day) < 0);
        oldest.ifPresent(this::forgetDay);
        return oldest.isPresent();
    }

    private void forgetDay(String day) {
        lines.keySet().removeIf(of -> of.day().equals(day));
    }

    private static Spending.Of others(String day) {
        return new Spending.Of(day, new Target(OTHERS, OTHERS), OTHERS, OTHERS);
    }

    /** The line of that; empty if there is none. */
    public Optional<Spending> line(Spending.Of of) {
        return Optional.ofNullable(lines.get(of));
    }

    /** All lines, the oldest day first. */
    public List<Spending> all() {
        return lines.values().stream()
                .sorted(Comparator.comparing(line -> line.of().day()))
                .toList();
    }

    /** The oldest day of which there is something. */
    public Optional<String> firstDay() {
        return lines.keySet().stream().map(Spending.Of::day).min(Comparator.naturalOrder());
    }

    /** Forgets all days before that one. */
    public void forgetBefore(String day) {
        lines.keySet().removeIf(of -> of.day().compareTo(day) < 0);
    }
}
