package dev.signalbox.core.json;

/** Undoes the escapes of a JSON string that comes in pieces. One thread uses it. */
final class Unescaping {

    /** Takes what a string says. */
    @FunctionalInterface
    interface Sink {
        void take(char c);
    }

    private final Sink sink;
    private boolean escaped;
    private int digits; // of a code unit, still to come
    private int unit;

    Unescaping(Sink sink) {
        this.sink = sink;
    }

    /** The next character as it is written. */
    void take(char c) {
        if (digits > 0) {
            digit(c);
        } else if (escaped) {
            escaped = false;
            escape(c);
        } else if (c == '\\') {
            escaped = true;
        } else {
            sink.take(c);
        }
    }

    private void digit(char c) {
        unit = unit << 4 | Character.digit(c, 16);
        digits--;
        if (digits == 0) {
            sink.take((char) unit);
        }
    }

    private void escape(char c) {
        switch (c) {
            case 'u' -> {
                digits = 4;
                unit = 0;
            }
            case 'b' -> sink.take('\b');
            case 'f' -> sink.take('\f');
            case 'n' -> sink.take('\n');
            case 'r' -> sink.take('\r');
            case 't' -> sink.take('\t');
            default -> sink.take(c);
        }
    }
}
