package dev.signalbox.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the known names that are nearest to one that nobody knows. */
public final class Near {

    private static final int MOST_LISTED = 12;
    private static final int LONGEST = 100;
    private static final int MOST_MISTAKES = 20;

    private Near() {}

    /** The names that are near enough to be meant, nearest first, three at most. */
    public static List<String> names(String seen, Collection<String> known) {
        String wanted = fold(seen);
        int most = Math.min(Math.clamp(wanted.length() / 3, 2, MOST_MISTAKES), wanted.length() - 1);
        return known.stream()
                .map(name -> new Scored(name, distance(wanted, fold(name), most)))
                .filter(scored -> scored.distance <= most)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .map(Scored::name)
                .limit(3)
                .toList();
    }

    private record Scored(String name, int distance) {}

    /** {@code Did you mean "keep-alive"?}, or the known names if none is near; empty if there are none. */
    public static String hint(String seen, Collection<String> known) {
        List<String> near = names(seen, known);
        if (!near.isEmpty()) {
            return "Did you mean " + quoted(near, " or ") + "?";
        }
        if (known.isEmpty()) {
            return "None is known.";
        }
        List<String> listed = known.stream().sorted().limit(MOST_LISTED).toList();
        return "Known: " + String.join(", ", listed) + (known.size() > MOST_LISTED ? " …" : ".");
    }

    private static String quoted(List<String> names, String between) {
        return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(between));
    }

    private static String fold(String name) {
        String folded = name.strip().toLowerCase(Locale.ROOT);
        return folded.length() <= LONGEST ? folded : folded.substring(0, LONGEST);
    }

    /** Insertions, removals, changes and swaps of neighbours (optimal string alignment, Damerau 1964). */
    static int distance(String a, String b) {
        return distance(a, b, Integer.MAX_VALUE - 1);
    }

    /** The same; more than {@code most} as soon as it is known to be. */
    private static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) > most) {
            return most + 1;
        }
        int[] before = new int[0];
        int[] last = IntStream.rangeClosed(0, b.length()).toArray();
        int leastBefore = 0;
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                row[j] = cheapest(before, last, row, a, b, i, j);
                least = Math.min(least, row[j]);
            }
            if (Math.min(least, leastBefore) > most) {
                return most + 1; // a swap leaps over one row, never over two
            }
            leastBefore = least;
            before = last;
            last = row;
        }
        return last[b.length()];
    }

    private static int cheapest(int[] before, int[] last, int[] row, String a, String b, int i, int j) {
        int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, before[j - 2] + 1) : best;
    }
}
