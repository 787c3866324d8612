package dev.signalbox.backend.llamacpp;

import dev.signalbox.api.Dialect;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which build of llama-server it is.
 *
 * @param text as it says it, such as {@code b10587-abc}
 */
record Build(String text) {

    private static final Pattern NUMBER = Pattern.compile("b(\\d{1,9})(-.*)?");

    /** A number below comes of a copy of the sources without their history. */
    private static final int FIRST = 1000;

    /** Since which build it takes what it did not always take. */
    private static final Map<Dialect, Integer> SINCE =
            Map.of(Dialect.ANTHROPIC_MESSAGES, 7187, Dialect.OPENAI_RESPONSES, 7793);

    /** What of these dialects it takes; one that does not tell its number is thought new. */
    Set<Dialect> spoken(Set<Dialect> all) {
        Set<Dialect> spoken = new HashSet<>(all);
        SINCE.forEach((dialect, since) -> {
            if (!isAtLeast(since)) {
                spoken.remove(dialect);
            }
        });
        return spoken;
    }

    private boolean isAtLeast(int since) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return true;
        }
        int own = Integer.parseInt(number.group(1));
        return own < FIRST || own >= since;
    }
}
