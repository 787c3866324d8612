package dev.signalbox.matcher.standard;

import java.util.regex.Pattern;

/** A short JSON string of plain words. */
final class JsonWord {

    private static final Pattern PLAIN = Pattern.compile("\"([^\"\\\\]{1,100})\"");

    private JsonWord() {}

    /** The text of a JSON string without escapes, without surrounding space; empty for anything else. */
    static String of(String json) {
        var word = PLAIN.matcher(json);
        return word.matches() ? word.group(1).strip() : "";
    }
}
