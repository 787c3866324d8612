package dev.signalbox.core.json;

import dev.signalbox.api.Body;
import java.io.IOException;
import java.io.InputStream;

/**
 * What memory it takes to read a body into a tree, change that, and write it again, told by a look at its bytes: two
 * braces take a hundred times as much as two letters. Never less than it takes in fact, for any body.
 */
public final class Weight {

    /** A letter: in the body, in its text while that is read, in the text, and in the body that is written. */
    private static final int OF_A_BYTE = 12;

    /** An array or object, in two trees and in what is read between them. */
    private static final int OF_A_NEST = 800;

    /** A member or element: a string among parts becomes a part. */
    private static final int OF_A_MEMBER = 1000;

    private static final int READ = 16 * 1024;

    private long weight;
    private boolean inText;
    private boolean escaped;

    private Weight() {}

    /** How many bytes it takes at most. */
    public static long of(Body body) throws IOException {
        Weight weight = new Weight();
        byte[] buffer = new byte[READ];
        try (InputStream in = body.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                weight.take(buffer, read);
            }
        }
        return weight.weight + OF_A_BYTE * body.size();
    }

    private void take(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte next = bytes[i];
            if (inText) {
                inText = escaped || next != '"';
                escaped = !escaped && next == '\\';
            } else {
                weight += outside(next);
                inText = next == '"';
            }
        }
    }

    private static int outside(byte next) {
        return switch (next) {
            case '{', '[' -> OF_A_NEST;
            case ',' -> OF_A_MEMBER;
            default -> 0;
        };
    }
}
