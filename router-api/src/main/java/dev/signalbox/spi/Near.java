package dev.signalbox.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the known names that are nearest to one that nobody knows. */
public final class Near {

    private static final int MOST_LISTED = 12;
    private static final int LONGEST = 200;

    private Near() {}

    /** The names that are near enough to be meant, nearest first, three at most. */
    public static List<String> names(String seen, Collection<String> known) {
        String wanted = fold(seen);
        int tolerated = Math.max(2, wanted.length() / 3);
        return known.stream()
                .filter(name -> distance(wanted, fold(name)) <= Math.min(tolerated, wanted.length() - 1))
                .sorted(Comparator.comparingInt((String name) -> distance(wanted, fold(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }

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
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
