package dev.signalbox.api.frame;

import java.io.IOException;
import java.io.Serial;

/** A frame had more bytes than its reader is willing to hold; the stream cannot be read on. */
public final class FrameTooLarge extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int limit;

    FrameTooLarge(Framing framing, long seen, int limit) {
        super("A frame of the %s stream has %d bytes or more; at most %d are read".formatted(framing, seen, limit));
        this.limit = limit;
    }

    /** How many bytes a frame may have. */
    public int limit() {
        return limit;
    }
}
