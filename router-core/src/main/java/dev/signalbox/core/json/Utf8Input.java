package dev.signalbox.core.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes bytes on as long as they are UTF-8. JSON parsers let overlong forms, surrogates and code points beyond the
 * last one pass, and what two readers understand differently must not be routed.
 */
final class Utf8Input extends FilterInputStream {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte CONTINUES_BELOW = (byte) 0xC0; // as bytes have signs: 0x80 to 0xBF

    private long offset;
    private int wanted; // how many bytes of the current character are still to come
    private int lowest = 0x80; // bounds of the next byte of the current character
    private int highest = 0xBF;

    Utf8Input(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = in.read(bytes, from, length);
        if (count > 0) {
            check(bytes, from, from + count);
            offset += count;
        } else if (count < 0 && wanted > 0) {
            throw broken(offset, "the text ends inside a character");
        }
        return count;
    }

    @Override
    public long skip(long count) {
        return 0; // what is skipped would not be checked
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void check(byte[] bytes, int from, int to) throws BadJson {
        int at = from;
        while (at < to) {
            if (wanted == 0) {
                at = afterPlain(bytes, at, to);
            }
            if (at < to) {
                accept(bytes[at] & 0xFF, offset + at - from);
                at++;
            }
        }
    }

    /** Past ASCII and whole characters of two or three bytes, which is nearly all text. */
    private static int afterPlain(byte[] bytes, int from, int to) {
        int at = afterAscii(bytes, from, to);
        for (int length = plain(bytes, at, to); length > 0; length = plain(bytes, at, to)) {
            at = afterAscii(bytes, at + length, to);
        }
        return at;
    }

    /** How many bytes the character has that begins there; 0 if it takes a closer look. */
    private static int plain(byte[] bytes, int at, int to) {
        if (at + 3 > to || bytes[at + 1] >= CONTINUES_BELOW) {
            return 0;
        }
        int one = bytes[at] & 0xFF;
        if (one >= 0xC2 && one < 0xE0) {
            return 2;
        }
        boolean three = one > 0xE0 && one < 0xF0 && one != 0xED; // after those two not every byte may come second
        return three && bytes[at + 2] < CONTINUES_BELOW ? 3 : 0;
    }

    private static int afterAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to && ((long) EIGHT.get(bytes, at) & HIGH_BITS) == 0) {
            at += 8;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    private void accept(int one, long where) throws BadJson {
        if (wanted > 0) {
            continues(one, where);
        } else {
            begins(one, where);
        }
    }

    private void continues(int one, long where) throws BadJson {
        if (one < lowest || one > highest) {
            throw broken(where, "0x%02X cannot stand there".formatted(one));
        }
        wanted--;
        lowest = 0x80;
        highest = 0xBF;
    }

    /** Table 3-7 of the Unicode standard: which bytes begin a character and what may come second. */
    private void begins(int one, long where) throws BadJson {
        if (one < 0xC2 || one > 0xF4) {
            throw broken(where, "0x%02X cannot begin a character".formatted(one));
        }
        wanted = one < 0xE0 ? 1 : one < 0xF0 ? 2 : 3;
        lowest = one == 0xE0 ? 0xA0 : one == 0xF0 ? 0x90 : 0x80;
        highest = one == 0xED ? 0x9F : one == 0xF4 ? 0x8F : 0xBF;
    }

    private static BadJson broken(long where, String why) {
        return new BadJson("invalid_utf8", "The body is not UTF-8: byte %,d: %s".formatted(where, why));
    }
}
