package dev.signalbox.api.frame;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Finds the frames in the bytes it is fed, no matter where those are split.
 *
 * <p>For one stream and one thread at a time. Frames are handed over while {@code feed} runs, each as soon as its last
 * byte is there. What a consumer throws comes out of {@code feed}; the parser is of no use afterwards.
 *
 * @see Framing#parser()
 */
public abstract sealed class FrameParser permits SseParser, NdjsonParser {

    /** A buffer that had to grow beyond this for one large frame is not kept for the small ones after it. */
    private static final int KEPT = 64 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final Framing framing;
    private final int limit;
    private byte[] held = NOTHING;
    private int heldLength;

    FrameParser(Framing framing, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A frame needs at least 1 byte, the limit is " + limit);
        }
        this.framing = framing;
        this.limit = limit;
    }

    /**
     * Takes the next bytes of the stream. The array is free for other use as soon as this returns.
     *
     * @throws FrameTooLarge if a frame has more bytes than the limit; frames before it were handed over
     */
    public final void feed(byte[] bytes, int offset, int length, Consumer<? super Frame> frames) throws FrameTooLarge {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int end = offset + length;
        int start = offset;
        for (int cut = endOfFrame(bytes, start, end); cut >= 0; cut = endOfFrame(bytes, start, end)) {
            frames.accept(new Frame(framing, take(bytes, start, cut)));
            start = cut;
        }
        hold(bytes, start, end);
    }

    /** Says that the stream has ended: what is left becomes a last frame, even if its line end is missing. */
    public final void end(Consumer<? super Frame> frames) {
        if (heldLength > 0) {
            byte[] raw = Arrays.copyOf(held, heldLength);
            forget();
            frames.accept(new Frame(framing, raw));
        }
    }

    /** How many bytes of an unfinished frame it holds; 0 means that the stream stands between two frames. */
    public final int pending() {
        return heldLength;
    }

    /**
     * Says where the frame being read ends: the index just past its last byte, or -1 if it goes on behind these bytes.
     * May be {@code from} if only the next byte showed that the bytes before it were a whole frame. What was learnt
     * about an unfinished frame is kept for the next call.
     */
    abstract int endOfFrame(byte[] bytes, int from, int to);

    private byte[] take(byte[] bytes, int from, int to) throws FrameTooLarge {
        int length = checked(to - from);
        byte[] raw = new byte[length];
        System.arraycopy(held, 0, raw, 0, heldLength);
        System.arraycopy(bytes, from, raw, heldLength, to - from);
        forget();
        return raw;
    }

    private void hold(byte[] bytes, int from, int to) throws FrameTooLarge {
        int length = checked(to - from);
        if (length > held.length) {
            long roomy = Math.max(512L, 2L * length);
            held = Arrays.copyOf(held, (int) Math.min(roomy, Math.max(limit, length)));
        }
        System.arraycopy(bytes, from, held, heldLength, to - from);
        heldLength = length;
    }

    private int checked(int more) throws FrameTooLarge {
        long length = (long) heldLength + more;
        if (length > limit) {
            throw new FrameTooLarge(framing, length, limit);
        }
        return (int) length;
    }

    private void forget() {
        heldLength = 0;
        if (held.length > KEPT) {
            held = NOTHING;
        }
    }
}
