package dev.signalbox.server.listen;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A port that cannot be listened on. */
public final class CannotListen extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    private final int port;

    CannotListen(int port, IOException failure) {
        super(failure);
        this.port = port;
    }

    /** Which. */
    public int port() {
        return port;
    }
}
