package dev.signalbox.api.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Walks the {@code name: value} lines of one SSE frame, and writes them. Makes no strings on the way. */
final class SseFields {

    private static final byte[] DATA = Frame.ascii("data");

    private final byte[] raw;
    private int nameStart;
    private int nameEnd;

    private SseFields(byte[] raw) {
        this.raw = raw;
        goTo(ByteOrderMark.lengthIn(raw));
    }

    static Frame.Kind kindOf(byte[] raw) {
        boolean comment = false;
        boolean field = false;
        for (SseFields fields = new SseFields(raw); fields.here(); fields.advance()) {
            if (fields.isNamed(DATA)) {
                return Frame.Kind.DATA;
            }
            comment |= fields.isComment();
            field |= !fields.isComment();
        }
        return comment && !field ? Frame.Kind.COMMENT : Frame.Kind.EMPTY;
    }

    static byte[] dataOf(byte[] raw) {
        List<byte[]> lines = new ArrayList<>(1);
        for (SseFields fields = new SseFields(raw); fields.here(); fields.advance()) {
            if (fields.isNamed(DATA)) {
                lines.add(fields.value());
            }
        }
        return lines.size() == 1 ? lines.getFirst() : joined(lines);
    }

    static Optional<String> lastOf(byte[] raw, byte[] name) {
        Optional<String> last = Optional.empty();
        for (SseFields fields = new SseFields(raw); fields.here(); fields.advance()) {
            if (fields.isNamed(name)) {
                last = Optional.of(new String(fields.value(), UTF_8));
            }
        }
        return last;
    }

    /** One frame; no {@code event} line if the name is empty. */
    static byte[] write(byte[] name, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 32);
        if (name.length > 0) {
            writeLine(out, "event: ", name, 0, name.length);
        }
        int start = 0;
        for (int end = lineEnd(data, start); end < data.length; end = lineEnd(data, start)) {
            writeLine(out, "data: ", data, start, end);
            start = afterLineEnd(data, end);
        }
        writeLine(out, "data: ", data, start, data.length);
        out.write('\n');
        return out.toByteArray();
    }

    private static void writeLine(ByteArrayOutputStream out, String field, byte[] value, int from, int to) {
        out.writeBytes(Frame.ascii(field));
        out.write(value, from, to - from);
        out.write('\n');
    }

    /** Whether there is a line at this place; false behind the last one. */
    private boolean here() {
        return nameStart < raw.length;
    }

    private void advance() {
        goTo(lineEnd(raw, nameEnd));
    }

    private void goTo(int place) {
        int at = place;
        while (at < raw.length && isLineEnd(raw[at])) {
            at++;
        }
        nameStart = at;
        while (at < raw.length && raw[at] != ':' && !isLineEnd(raw[at])) {
            at++;
        }
        nameEnd = at;
    }

    private boolean isComment() {
        return raw[nameStart] == ':';
    }

    private boolean isNamed(byte[] name) {
        return Arrays.equals(raw, nameStart, nameEnd, name, 0, name.length);
    }

    /** What stands behind the colon, without the one space that may follow it. */
    private byte[] value() {
        int end = lineEnd(raw, nameEnd);
        int start = Math.min(nameEnd + 1, end);
        if (start < end && raw[start] == ' ') {
            start++;
        }
        return Arrays.copyOfRange(raw, start, end);
    }

    private static byte[] joined(List<byte[]> lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.writeBytes(line);
            all.write('\n');
        }
        return Arrays.copyOf(all.toByteArray(), Math.max(0, all.size() - 1));
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && !isLineEnd(bytes[at])) {
            at++;
        }
        return at;
    }

    private static int afterLineEnd(byte[] bytes, int at) {
        boolean crLf = bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
        return at + (crLf ? 2 : 1);
    }

    private static boolean isLineEnd(byte one) {
        return one == '\n' || one == '\r';
    }
}
