package dev.signalbox.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of an Ollama.
 *
 * @param text as it says it, empty if it does not
 */
record Version(String text) {

    private static final Pattern NUMBERS = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?.*");
    private static final int LONGEST = 40;

    static Version read(JsonNode json) {
        String text = json.path("version").asText("");
        return new Version(text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    }

    /** Whether it is that version or a newer one; one that cannot be read is thought new, and so is {@code 0.0.0}. */
    boolean isAtLeast(int major, int minor, int patch) {
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.matches() || text.startsWith("0.0.0")) {
            return true; // built by hand
        }
        long own = number(numbers.group(1)) * 1_000_000_000_000L
                + number(numbers.group(2)) * 1_000_000L
                + (numbers.group(3) == null ? 0 : number(numbers.group(3)));
        return own >= major * 1_000_000_000_000L + minor * 1_000_000L + patch;
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
