package dev.signalbox.core.dialect;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.core.body.Budget;
import java.util.function.BooleanSupplier;

/**
 * Bounds what the texts of all requests together take of the memory: those that are being read or asked about, and
 * those that are kept for the next question. One serves a whole router; any thread may use it.
 */
public final class Readings {

    /** Memory that is used while a large body is read and asked about. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    private static final Share NONE = () -> {};

    private final long most;
    private final Supply supply;
    private final Budget kept;
    private final BooleanSupplier mayWait;
    private final Patience patience;

    /**
     * Some memory for texts.
     *
     * @param most how many bytes those may take that are being read; those that are kept may take a quarter of that
     * @param mayWait whether the thread that asks may wait; one that holds what others need must not
     */
    public Readings(long most, BooleanSupplier mayWait) {
        this.most = most;
        this.supply = new Supply(most);
        this.kept = new Budget(most / 4);
        this.mayWait = mayWait;
        this.patience = Patience.standard();
    }

    private Readings(Readings same, Budget kept, Patience patience) {
        this.most = same.most;
        this.supply = same.supply;
        this.kept = kept;
        this.mayWait = same.mayWait;
        this.patience = patience;
    }

    /** A quarter of the heap for what is being read, and a sixteenth for what is kept. */
    public static Readings standard(BooleanSupplier mayWait) {
        return new Readings(Runtime.getRuntime().maxMemory() / 4, mayWait);
    }

    /** The same memory, but nothing is kept: for requests that nobody {@linkplain ParsedRequest#forget forgets}. */
    public Readings keepingNothing() {
        return new Readings(this, new Budget(0), patience);
    }

    /** The same memory, for one request: who waits for some does not wait beyond the end of that. */
    Readings lent(Cancellation cancellation) {
        return new Readings(this, kept, new Patience(cancellation, patience.until()));
    }

    /** Says when the request must have ended that it is lent to. */
    void endsBy(Deadline deadline) {
        patience.until(deadline);
    }

    /** How many bytes one reading may take. */
    long most() {
        return most;
    }

    /** How many bytes are kept. */
    long kept() {
        return kept.taken();
    }

    /** Whether this thread may wait for memory; one that must not reads without a share. */
    boolean mayWait() {
        return mayWait.getAsBoolean();
    }

    /**
     * Waits until there is so much memory, or all that there is if that is less. Not to be called under a lock that others
     * need.
     *
     * @throws ReadingRefused if there is none before the request has ended, or within a minute, or the thread is
     *     interrupted
     */
    Share share(long bytes) {
        if (!mayWait()) {
            return NONE; // it waits for nobody, and there are never two of that kind
        }
        long wanted = Math.min(bytes, most);
        try {
            if (!supply.take(wanted, patience)) {
                throw ReadingRefused.crowded();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ReadingRefused.crowded();
        }
        return () -> supply.giveBack(wanted);
    }

    /** Whoever waits has waited in vain, now and from now on. */
    public void close() {
        supply.close();
    }

    /** Takes memory for something that stays, if there is any left. */
    boolean keep(long bytes) {
        return kept.take(bytes);
    }

    void forget(long bytes) {
        kept.giveBack(bytes);
    }
}
