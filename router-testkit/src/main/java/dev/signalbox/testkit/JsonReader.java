package dev.signalbox.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads one JSON document. */
final class JsonReader {

    private static final int DEEPEST = 512;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    Json document() {
        Json json = value();
        space();
        if (at < text.length()) {
            throw wrong("the end");
        }
        return json;
    }

    private Json value() {
        space();
        if (++depth > DEEPEST) {
            throw wrong("less depth than " + DEEPEST);
        }
        Json json = switch (peek()) {
            case '{' -> members();
            case '[' -> items();
            case '"' -> text();
            default -> literal();
        };
        depth--;
        return json;
    }

    private Json members() {
        int start = at++;
        SequencedMap<String, Json> values = new LinkedHashMap<>();
        for (boolean more = !skip('}'); more; more = !end('}')) {
            space();
            String name = text().value();
            expect(':');
            values.put(name, value());
        }
        return new Json.Members(text.substring(start, at), values);
    }

    private Json items() {
        int start = at++;
        List<Json> values = new ArrayList<>();
        for (boolean more = !skip(']'); more; more = !end(']')) {
            values.add(value());
        }
        return new Json.Items(text.substring(start, at), values);
    }

    /** Whether the closing mark stands here; if not, a comma has to. */
    private boolean end(char close) {
        if (skip(close)) {
            return true;
        }
        expect(',');
        return false;
    }

    private Json.Text text() {
        int start = at;
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char one = text.charAt(at++);
            value.append(one == '\\' ? escaped() : one);
        }
        at++;
        return new Json.Text(text.substring(start, at), value.toString());
    }

    private char escaped() {
        char one = peek();
        at++;
        return switch (one) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            case '"', '\\', '/' -> one;
            default -> throw wrong("an escape");
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw wrong("four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private Json literal() {
        int start = at;
        while (at < text.length() && ",:]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String raw = text.substring(start, at);
        if (!raw.matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw wrong("a value");
        }
        return new Json.Literal(raw);
    }

    private boolean skip(char wanted) {
        space();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (!skip(wanted)) {
            throw wrong("'" + wanted + "'");
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException(
                "At character %d of %d: no JSON, %s was expected".formatted(at, text.length(), wanted));
    }
}
