package dev.signalbox.api.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * One server-sent event or one JSON line, with exactly the bytes that stood in the stream.
 *
 * <p>Immutable. Nothing is decoded before it is asked for, so a frame that is only passed on costs one copy of its
 * bytes. The raw bytes of all frames of a stream, one after the other, are the stream.
 */
public final class Frame {

    /** What a frame is good for. */
    public enum Kind {
        /** It carries data, be it of no length. */
        DATA,
        /** A comment line of an SSE stream: a sign of life that says nothing. */
        COMMENT,
        /** It carries nothing: an empty line, or an event without any {@code data}. */
        EMPTY
    }

    private static final byte[] EVENT = ascii("event");

    private final Framing framing;
    private final Kind kind;
    private final byte[] raw;

    /** Takes the array as its own. */
    Frame(Framing framing, byte[] raw) {
        this.framing = framing;
        this.kind = framing.kindOf(raw);
        this.raw = raw;
    }

    /** Makes an SSE frame without a name; data of several lines becomes several {@code data} lines. */
    public static Frame data(String data) {
        return new Frame(Framing.SSE, SseFields.write(new byte[0], data.getBytes(UTF_8)));
    }

    /** Makes an SSE frame with a name, as the Anthropic and the Responses API want it. */
    public static Frame event(String name, String data) {
        requireOneLine("The name of an event", name);
        return new Frame(Framing.SSE, SseFields.write(name.getBytes(UTF_8), data.getBytes(UTF_8)));
    }

    /** Makes an SSE comment, which every client skips. */
    public static Frame comment(String text) {
        requireOneLine("A comment", text);
        return new Frame(Framing.SSE, (": " + text + "\n\n").getBytes(UTF_8));
    }

    /** Makes a JSON line. */
    public static Frame line(String json) {
        requireOneLine("A JSON line", json);
        return new Frame(Framing.NDJSON, (json + "\n").getBytes(UTF_8));
    }

    /** The framing of the stream it belongs to. */
    public Framing framing() {
        return framing;
    }

    /** What it is good for. */
    public Kind kind() {
        return kind;
    }

    /** How many bytes it has in the stream. */
    public int length() {
        return raw.length;
    }

    /** A copy of its bytes as they stood in the stream, line ends included. */
    public byte[] raw() {
        return raw.clone();
    }

    /** Writes its bytes as they stood in the stream. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(raw);
    }

    /** A fresh copy of its data: the values of all {@code data} lines joined by a line feed, or the JSON of the line. */
    public byte[] data() {
        return kind == Kind.DATA ? framing.dataOf(raw) : new byte[0];
    }

    /** Its data as text; bytes that are not UTF-8 become the replacement character. */
    public String text() {
        return new String(data(), UTF_8);
    }

    /** The value of its {@code event} line, if it has one; the last one counts. */
    public Optional<String> event() {
        return field(EVENT);
    }

    /** The value of any SSE field, such as {@code id} or {@code retry}, if it has one; the last one counts. */
    public Optional<String> field(String name) {
        return field(name.getBytes(UTF_8));
    }

    /**
     * Whether these bytes occur anywhere in the frame. Cheap compared with reading the JSON, for whoever waits for one
     * member in a long stream; a hit may be text of the model and wants a closer look.
     *
     * @param wanted at least one byte
     */
    public boolean contains(byte[] wanted) {
        int last = wanted.length - 1;
        for (int at = last; at < raw.length; at++) {
            if (raw[at] == wanted[last] && endsAt(at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private boolean endsAt(int end, byte[] wanted) {
        for (int back = 1; back < wanted.length; back++) {
            if (raw[end - back] != wanted[wanted.length - 1 - back]) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> field(byte[] name) {
        return framing == Framing.SSE ? SseFields.lastOf(raw, name) : Optional.empty();
    }

    private static void requireOneLine(String what, String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(what + " has to be one line, not \"" + text + "\"");
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(UTF_8);
    }

    /** Equal if they belong to the same kind of stream and have the same bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame && framing == frame.framing && Arrays.equals(raw, frame.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /** Says kind and length, never the content: frames carry what people wrote. */
    @Override
    public String toString() {
        return "Frame[%s %s, %d bytes]".formatted(framing, kind, raw.length);
    }
}
