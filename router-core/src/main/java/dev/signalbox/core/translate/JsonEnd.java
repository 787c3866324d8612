package dev.signalbox.core.translate;

/** Tells whether JSON that comes in pieces is a whole value yet. One thread uses it. */
final class JsonEnd {

    private int depth;
    private boolean inText;
    private boolean escaped;
    private boolean begun;

    /** The next piece. */
    void take(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            take(piece.charAt(i));
        }
    }

    private void take(char next) {
        if (inText) {
            inText = escaped || next != '"';
            escaped = !escaped && next == '\\';
            return;
        }
        switch (next) {
            case '"' -> inText = true;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {} // does not count
        }
        begun |= next > ' ';
    }

    /** Whether it is; nothing at all is none yet. */
    boolean complete() {
        return begun && !inText && depth <= 0;
    }
}
