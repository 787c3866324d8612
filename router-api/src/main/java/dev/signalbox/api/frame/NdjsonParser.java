package dev.signalbox.api.frame;

import java.util.Arrays;

/** Cuts at line feeds. */
final class NdjsonParser extends FrameParser {

    NdjsonParser(int limit) {
        super(Framing.NDJSON, limit);
    }

    @Override
    int endOfFrame(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    static Frame.Kind kindOf(byte[] raw) {
        return start(raw) < end(raw) ? Frame.Kind.DATA : Frame.Kind.EMPTY;
    }

    static byte[] dataOf(byte[] raw) {
        return Arrays.copyOfRange(raw, start(raw), end(raw));
    }

    private static int start(byte[] raw) {
        int at = ByteOrderMark.lengthIn(raw);
        while (at < raw.length && blank(raw[at])) {
            at++;
        }
        return at;
    }

    private static int end(byte[] raw) {
        int at = raw.length;
        int start = start(raw);
        while (at > start && blank(raw[at - 1])) {
            at--;
        }
        return at;
    }

    /** What JSON calls white space. */
    private static boolean blank(byte one) {
        return one == ' ' || one == '\t' || one == '\r' || one == '\n';
    }
}
