package dev.signalbox.backend.vllm;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A line of a page of Prometheus: {@code name{label="value"} 12.0 1787000000000}.
 *
 * @param name what is measured
 * @param value what it is; finite
 */
record Sample(String name, double value) {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");
    private static final Pattern TIME = Pattern.compile("-?\\d{1,18}");

    /** The name a line begins with; empty for a comment, an empty line or anything else. */
    static String name(String line) {
        int end = 0;
        while (end < line.length() && isOfName(line.charAt(end))) {
            end++;
        }
        return line.substring(0, end);
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
    }

    /** The value in what follows the name; empty if there is none, or none that is finite. */
    static OptionalDouble value(String rest) {
        int labels = rest.startsWith("{") ? afterLabels(rest) : 0;
        String[] words = labels < 0 ? new String[0] : rest.substring(labels).split("[ \\t]+", 4);
        boolean sound = words.length >= 2
                && words[0].isEmpty()
                && NUMBER.matcher(words[1]).matches()
                && (words.length == 2
                        || (words.length == 3 && TIME.matcher(words[2]).matches()));
        double value = sound ? Double.parseDouble(words[1]) : Double.NaN;
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Where the labels have ended, whatever stands between their quotes; negative if they do not end. */
    private static int afterLabels(String rest) {
        boolean quoted = false;
        for (int at = 1; at < rest.length(); at++) {
            char c = rest.charAt(at);
            if (quoted && c == '\\') {
                at++; // the next one means nothing here
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '}' && !quoted) {
                return at + 1;
            }
        }
        return -1;
    }
}
