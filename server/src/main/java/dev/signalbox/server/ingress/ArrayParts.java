package dev.signalbox.server.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where the elements of a JSON array begin and end. What they are is for whoever reads them: as a tree, a large
 * array would take many times its size. For one thread, once.
 */
final class ArrayParts {

    private static final int END = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[8 << 10];
    private int position;
    private int limit;
    private final int most;
    private final List<Part> parts = new ArrayList<>();
    private long at; // of the next byte
    private int count;

    /**
     * An element.
     *
     * @param from where its first byte is
     * @param length how many bytes it has
     * @param object whether it is an object
     */
    record Part(long from, long length, boolean object) {}

    /**
     * The elements of an array.
     *
     * @param count how many there are
     * @param parts the first of them
     */
    record Found(int count, List<Part> parts) {}

    /** It is no JSON, or no array. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean json;

        private Malformed(String message, boolean json) {
            super(message);
            this.json = json;
        }

        /** Whether it may be JSON all the same. */
        boolean mayBeJson() {
            return json;
        }
    }

    private ArrayParts(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /** Reads all of it; tells of at most so many elements where they are. */
    static Found of(InputStream in, int most) throws IOException, Malformed {
        ArrayParts walk = new ArrayParts(in, most);
        walk.array();
        return new Found(walk.count, List.copyOf(walk.parts));
    }

    private void array() throws IOException, Malformed {
        if (word() != '[') {
            throw new Malformed("it is no array", true);
        }
        int next = word();
        while (next != ']' || count > 0) {
            next = element(next);
            if (next == ']') {
                break;
            }
            if (next != ',') {
                throw malformed("a comma or the end of the array is missing");
            }
            next = word();
        }
        if (word() != END) {
            throw malformed("something follows the array");
        }
    }

    /** Goes past an element that begins with that byte; returns the first one behind it. */
    private int element(int first) throws IOException, Malformed {
        long from = at - 1;
        int behind = switch (first) {
            case '{', '[' -> nested();
            case '"' -> string();
            default -> plain(first);
        };
        long to = behind == END ? at : at - 1;
        count++;
        if (parts.size() < most) {
            parts.add(new Part(from, to - from, first == '{'));
        }
        return isBlank(behind) ? word() : behind;
    }

    private int nested() throws IOException, Malformed {
        for (int depth = 1; depth > 0; ) {
            switch (inside()) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> quoted();
                default -> {} // whoever reads it says whether it belongs there
            }
        }
        return next();
    }

    private int string() throws IOException, Malformed {
        quoted();
        return next();
    }

    private void quoted() throws IOException, Malformed {
        for (int b = inside(); b != '"'; b = inside()) {
            if (b == '\\') {
                inside();
            }
        }
    }

    private int plain(int first) throws IOException, Malformed {
        int b = first;
        while (isWord(b)) {
            b = next();
        }
        if (b == first) {
            throw malformed("an element is missing or is nothing that there is");
        }
        return b;
    }

    private static boolean isWord(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || ".+-".indexOf(b) >= 0;
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private int word() throws IOException {
        int b = next();
        while (isBlank(b)) {
            b = next();
        }
        return b;
    }

    private int inside() throws IOException, Malformed {
        int b = next();
        if (b == END) {
            throw malformed("it ends in the middle");
        }
        return b;
    }

    private int next() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        if (limit == 0) {
            return END;
        }
        at++;
        return buffer[position++] & 0xFF;
    }

    private static Malformed malformed(String what) {
        return new Malformed(what, false);
    }
}
