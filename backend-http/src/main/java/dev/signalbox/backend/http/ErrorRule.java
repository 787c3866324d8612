package dev.signalbox.backend.http;

import dev.signalbox.api.FailureKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One way to know a kind of failure: by status, by what the error says, or by both.
 *
 * @param kind the kind
 * @param statuses the statuses it may have; empty for any
 * @param phrases what it may say, lower case, {@code *} for anything between two pieces; empty for anything
 */
public record ErrorRule(FailureKind kind, Set<Integer> statuses, List<String> phrases) {

    public ErrorRule {
        statuses = Set.copyOf(statuses);
        phrases = List.copyOf(phrases);
    }

    /** That kind, by what the error says. */
    public static ErrorRule says(FailureKind kind, String... phrases) {
        return new ErrorRule(kind, Set.of(), Arrays.asList(phrases));
    }

    /** That kind, by one of these statuses. */
    public static ErrorRule status(FailureKind kind, Integer... statuses) {
        return new ErrorRule(kind, Set.of(statuses), List.of());
    }

    /** The same rule for these statuses only. */
    public ErrorRule under(Integer... some) {
        return new ErrorRule(kind, Set.of(some), phrases);
    }

    /** Whether it holds. */
    boolean holds(int status, String text) {
        if (!statuses.isEmpty() && !statuses.contains(status)) {
            return false;
        }
        String said = text.toLowerCase(Locale.ROOT);
        return phrases.isEmpty() || phrases.stream().anyMatch(phrase -> said(said, phrase));
    }

    private static boolean said(String text, String phrase) {
        int from = 0;
        for (String piece : phrase.split("\\*", -1)) {
            int at = piece.isEmpty() ? from : find(text, piece, from);
            if (at < 0) {
                return false;
            }
            from = at + piece.length();
        }
        return true;
    }

    /** Where the piece stands as words of its own: "oom" is not in "room". */
    private static int find(String text, String piece, int from) {
        for (int at = text.indexOf(piece, from); at >= 0; at = text.indexOf(piece, at + 1)) {
            if (edge(text, at - 1, piece.charAt(0))
                    && edge(text, at + piece.length(), piece.charAt(piece.length() - 1))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean edge(String text, int neighbour, char own) {
        return neighbour < 0
                || neighbour >= text.length()
                || !Character.isLetterOrDigit(own)
                || !Character.isLetterOrDigit(text.charAt(neighbour));
    }
}
