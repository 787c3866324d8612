package dev.signalbox.server.ingress;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lines for the head of an answer. A name is looked at once and not with every answer; all listeners share what is known
 * of names, which is the same everywhere.
 */
final class HeaderLine {

    private static final int MOST_KNOWN = 256; // names; servers may make up more
    private static final Map<String, HeaderName> KNOWN = new ConcurrentHashMap<>();

    private HeaderLine() {}

    /**
     * A line that can be sent: what cannot stand in one becomes a question mark, for a model may be called anything.
     *
     * @throws IllegalArgumentException if nothing can have that name
     */
    static Header of(String name, String value) {
        return HeaderValues.create(name(name), printable(value));
    }

    private static HeaderName name(String text) {
        HeaderName known = KNOWN.get(text);
        if (known != null) {
            return known;
        }
        if (text.isEmpty() || !text.chars().allMatch(HeaderLine::mayStandInName)) {
            throw new IllegalArgumentException("no header can be called '%s'".formatted(printable(text)));
        }
        HeaderName made = HeaderNames.create(text);
        if (KNOWN.size() < MOST_KNOWN) {
            KNOWN.put(text, made);
        }
        return made;
    }

    /** A {@code tchar} of RFC 9110, 5.6.2. */
    private static boolean mayStandInName(int c) {
        return c < 0x7f && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static String printable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < 0x20 || value.charAt(i) >= 0x7f) {
                return value.replaceAll("[^\\x20-\\x7e]", "?");
            }
        }
        return value;
    }
}
