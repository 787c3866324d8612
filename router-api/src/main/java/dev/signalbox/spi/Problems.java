package dev.signalbox.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Collects everything that is wrong with a configuration, so that all of it is told at once. For one thread. */
public final class Problems {

    /**
     * One thing that is wrong.
     *
     * @param where the place
     * @param message what was seen and what would be right; without secrets
     */
    public record Problem(Where where, String message) {}

    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> missing = new ArrayList<>(); // what follows from them is not told

    /** Notes a problem. */
    public void add(Where where, String message) {
        found.add(new Problem(where, message));
    }

    /** Notes a name that nobody knows, with the nearest one that is known. */
    public void unknown(Where where, String what, String seen, Collection<String> known) {
        add(where, "\"%s\" is not %s. %s".formatted(seen, what, Near.hint(seen, known)));
    }

    /**
     * Notes that the value of a place could not be had. Whatever else is noted of that place, before or after, only
     * follows from that and is not told.
     */
    public void addMissing(Where where, String message) {
        missing.add(new Problem(where, message));
    }

    /** Notes everything that others have noted. */
    public void addAll(Problems others) {
        found.addAll(others.found);
        missing.addAll(others.missing);
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return found.isEmpty() && missing.isEmpty();
    }

    /** What is wrong, by line. */
    public List<Problem> list() {
        if (isEmpty()) {
            return List.of(); // asked of every value that is read
        }
        Stream<Problem> told = found.stream().filter(problem -> !isMissing(problem.where()));
        return Stream.concat(told, missing.stream())
                .distinct()
                .sorted(java.util.Comparator.comparing((Problem p) -> p.where().file())
                        .thenComparingInt(p -> p.where().line()))
                .toList();
    }

    private boolean isMissing(Where where) {
        return missing.stream()
                .map(Problem::where)
                .anyMatch(place ->
                        place.file().equals(where.file()) && place.path().equals(where.path()));
    }

    /** Ends here if anything is wrong. */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw new ConfigurationException(list());
        }
    }
}
