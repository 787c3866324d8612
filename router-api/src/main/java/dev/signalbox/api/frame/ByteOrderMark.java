package dev.signalbox.api.frame;

/** The three bytes that some servers put before the first byte of UTF-8 text; no part of the text. */
final class ByteOrderMark {

    private static final byte[] BYTES = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ByteOrderMark() {}

    static int length() {
        return BYTES.length;
    }

    static boolean hasAt(int index, byte one) {
        return BYTES[index] == one;
    }

    /** 3 if the bytes begin with the mark, else 0. */
    static int lengthIn(byte[] bytes) {
        boolean there = bytes.length >= 3 && bytes[0] == BYTES[0] && bytes[1] == BYTES[1] && bytes[2] == BYTES[2];
        return there ? BYTES.length : 0;
    }
}
