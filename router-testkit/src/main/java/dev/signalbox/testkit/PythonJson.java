package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;

/** JSON the way Python writes it unless told otherwise: with a space after every comma and colon. */
final class PythonJson {

    private PythonJson() {}

    static String of(Verbatim json) {
        return spaced(json.json());
    }

    /** The same document with those spaces; it has none yet. */
    static String spaced(String json) {
        StringBuilder spaced = new StringBuilder(json.length() + json.length() / 8);
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            spaced.append(c);
            if (inText && c == '\\') {
                spaced.append(json.charAt(++i));
            } else if (c == '"') {
                inText = !inText;
            } else if (!inText && (c == ',' || c == ':')) {
                spaced.append(' ');
            }
        }
        return spaced.toString();
    }
}
