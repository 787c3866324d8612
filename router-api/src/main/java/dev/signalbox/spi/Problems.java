package dev.signalbox.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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

    /** Notes a problem. */
    public void add(Where where, String message) {
        found.add(new Problem(where, message));
    }

    /** Notes a name that nobody knows, with the nearest one that is known. */
    public void unknown(Where where, String what, String seen, Collection<String> known) {
        add(where, "\"%s\" is not %s. %s".formatted(seen, what, Near.hint(seen, known)));
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** What is wrong, by line. */
    public List<Problem> list() {
        return found.stream()
                .distinct()
                .sorted(java.util.Comparator.comparing((Problem p) -> p.where().file())
                        .thenComparingInt(p -> p.where().line()))
                .toList();
    }

    /** Ends here if anything is wrong. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationException(list());
        }
    }
}
