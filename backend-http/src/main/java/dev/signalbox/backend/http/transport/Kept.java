package dev.signalbox.backend.http.transport;

/** A connection that can wait for its next call. */
abstract class Kept {

    private volatile long idleUntil;

    /** Whether it is still open as far as is known here. Asked by whoever takes it. */
    abstract boolean alive();

    /** Whether a byte of the reply to the latest call has come. */
    abstract boolean heard();

    /** Closes it, whatever it is doing. Does nothing the second time. */
    abstract void close();

    final void idleUntil(long time) {
        idleUntil = time;
    }

    final long idleUntil() {
        return idleUntil;
    }
}
