package dev.signalbox.core.body;

import java.io.IOException;

/** A request's body has more bytes than it may have. */
public final class TooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    TooLarge(long limit) {
        super("The body has more than the %,d bytes that are taken".formatted(limit));
        this.limit = limit;
    }

    /** How many bytes a body may have. */
    public long limit() {
        return limit;
    }
}
