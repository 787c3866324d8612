package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/**
 * Tells from the bytes of a frame whether it is worth being read as JSON, once only finish, usage and errors matter.
 * A quoted word counts, as a value or as the name of a member that is neither {@code null} nor {@code false}; inside a
 * JSON string its quotes would have a backslash. Immutable.
 */
final class Watch {

    private final List<byte[]> words;
    private final boolean[] begins = new boolean[128];

    private Watch(List<byte[]> words) {
        this.words = words;
        words.forEach(word -> begins[word[0]] = true);
    }

    /** Looks for these words of ASCII. */
    static Watch of(String... words) {
        return new Watch(
                Arrays.stream(words).map(word -> (word + "\"").getBytes(UTF_8)).toList());
    }

    /** Whether a word stands in the frame and means something there. */
    boolean worth(byte[] frame) {
        for (int i = 0; i < frame.length - 1; i++) {
            if (frame[i] == '"' && frame[i + 1] >= 0 && begins[frame[i + 1]] && anyAt(frame, i + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyAt(byte[] frame, int at) {
        for (byte[] word : words) {
            int end = at + word.length;
            if (end <= frame.length && Arrays.equals(frame, at, end, word, 0, word.length)) {
                return says(frame, end);
            }
        }
        return false;
    }

    private static boolean says(byte[] frame, int after) {
        int colon = pastBlanks(frame, after);
        if (colon >= frame.length || frame[colon] != ':') {
            return true;
        }
        int value = pastBlanks(frame, colon + 1);
        return value >= frame.length || (frame[value] != 'n' && frame[value] != 'f');
    }

    private static int pastBlanks(byte[] frame, int from) {
        int at = from;
        while (at < frame.length && (frame[at] == ' ' || frame[at] == '\t')) {
            at++;
        }
        return at;
    }
}
