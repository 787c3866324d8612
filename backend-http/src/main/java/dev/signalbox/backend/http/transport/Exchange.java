package dev.signalbox.backend.http.transport;

import dev.signalbox.api.Cancellation;
import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call in flight, and the one place that decides how it ends.
 *
 * <p>Its thread, the canceller, the deadline and whoever closes the reply may all want to end it; the first one wins.
 * What is released is nobody's to cut any more, so a late cancellation cannot hit the connection's next call.
 */
final class Exchange implements Watch.Watched {

    /** What it is doing, in words for a message. Only its own thread changes and reads it. */
    enum Phase {
        CONNECTING("connecting"),
        SENDING("sending the request"),
        WAITING("waiting for the reply"),
        READING("reading the reply");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private enum State {
        RUNNING,
        RELEASED,
        FAILED,
        CLOSED,
        CANCELLED,
        SHUT,
        TIMED_OUT,
        CONNECT_TIMED_OUT
    }

    private final Origin origin;
    private final Watch watch;
    private long deadline; // only its own thread changes and reads it
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private volatile long due;
    private volatile boolean connecting;
    private volatile Runnable cut = () -> {};
    private volatile Cancellation.@Nullable Registration registration;
    private Phase phase = Phase.CONNECTING;

    private Exchange(Origin origin, Watch watch, long deadline) {
        this.origin = origin;
        this.watch = watch;
        this.deadline = deadline;
        this.due = deadline;
    }

    static Exchange begin(HttpCall call, Origin origin, Watch watch) {
        long deadline = System.nanoTime() + call.deadline().remainingNanos();
        Exchange exchange = new Exchange(origin, watch, deadline);
        watch.add(exchange, deadline);
        exchange.endedBy(call.cancellation());
        exchange.look(System.nanoTime());
        return exchange;
    }

    private void endedBy(Cancellation cancellation) {
        registration = cancellation.onCancel(() -> end(State.CANCELLED));
        if (!running()) {
            forget();
        }
    }

    boolean running() {
        return state.get() == State.RUNNING;
    }

    void enters(Phase next) {
        phase = next;
    }

    /** From now on ending means running this, which frees the thread wherever it blocks; at once if it has ended. */
    void cutBy(Runnable action) throws IOException {
        cut = action;
        if (!running()) {
            action.run();
            throw new IOException("ended before it could go on");
        }
    }

    /** Sets an earlier time until {@link #connected}; returns it. */
    long connectsWithin(long nanos) {
        long by = System.nanoTime() + nanos;
        if (by - deadline < 0) {
            connecting = true;
            due = by;
            watch.wakeBy(by);
        }
        return due;
    }

    void connected() {
        due = deadline;
        connecting = false;
    }

    /** Brings the deadline nearer. */
    void endsWithin(long nanos) {
        long by = System.nanoTime() + nanos;
        if (by - deadline < 0) {
            deadline = by;
            due = by;
            watch.wakeBy(by);
        }
    }

    @Override
    public long look(long now) {
        long left = due - now;
        if (left > 0) {
            return left;
        }
        end(connecting ? State.CONNECT_TIMED_OUT : State.TIMED_OUT);
        return Watch.FAR;
    }

    /** Gives up what it holds without cutting it; false if it was ended before. */
    boolean release() {
        boolean released = state.compareAndSet(State.RUNNING, State.RELEASED);
        forget();
        return released;
    }

    /** Ends it because whoever asked does not want the rest. */
    void close() {
        end(State.CLOSED);
    }

    /** Ends it because the transport is closed. */
    @Override
    public void shut() {
        end(State.SHUT);
    }

    /** Ends it because of this trouble, unless it has ended, and says what there is to say. */
    TransportException fail(IOException trouble) {
        if (Thread.currentThread().isInterrupted()) {
            end(State.CANCELLED);
        }
        TransportException told = tell(trouble);
        end(State.FAILED);
        return told;
    }

    private void end(State how) {
        if (state.compareAndSet(State.RUNNING, how)) {
            try {
                cut.run();
            } finally {
                forget();
            }
        }
    }

    private void forget() {
        watch.remove(this);
        Cancellation.Registration listening = registration;
        if (listening != null) {
            listening.close();
        }
    }

    private TransportException tell(IOException trouble) {
        return switch (state.get()) {
            case CANCELLED -> told(Reason.CANCELLED, "cancelled while " + phase.words, trouble);
            case CLOSED -> told(Reason.CANCELLED, "the reply was closed while somebody read it", trouble);
            case SHUT -> told(Reason.CANCELLED, "the transport was closed while " + phase.words, trouble);
            case TIMED_OUT -> told(Reason.TIMED_OUT, "the deadline came while " + phase.words, trouble);
            case CONNECT_TIMED_OUT -> told(Reason.CONNECT_TIMED_OUT, "no connection within the connect limit", trouble);
            case RUNNING, RELEASED, FAILED -> own(trouble);
        };
    }

    private TransportException own(IOException trouble) {
        return trouble instanceof Fault fault
                ? told(fault.reason(), String.valueOf(fault.getMessage()), fault.getCause())
                : told(
                        Reason.RESET,
                        "the connection broke while %s: %s".formatted(phase.words, trouble.getMessage()),
                        trouble);
    }

    private TransportException told(Reason reason, String seen, @Nullable Throwable cause) {
        return new TransportException(reason, phase != Phase.CONNECTING, origin + ": " + seen, cause);
    }
}
