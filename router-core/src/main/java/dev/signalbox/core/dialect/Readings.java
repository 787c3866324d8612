package dev.signalbox.core.dialect;

import dev.signalbox.core.body.Budget;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private static final int KIB = 1024;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final long most;
    private final Semaphore free; // in KiB; fair, so that a large one is not passed over for ever
    private final Budget kept;
    private final BooleanSupplier mayWait;

    /**
     * Some memory for texts.
     *
     * @param most how many bytes those may take that are being read; those that are kept may take a quarter of that
     * @param mayWait whether the thread that asks may wait; one that holds what others need must not
     */
    public Readings(long most, BooleanSupplier mayWait) {
        this.most = Math.clamp(most, KIB, (long) Integer.MAX_VALUE * KIB);
        this.free = new Semaphore(inKib(this.most), true);
        this.kept = new Budget(this.most / 4);
        this.mayWait = mayWait;
    }

    private Readings(Readings same, Budget kept) {
        this.most = same.most;
        this.free = same.free;
        this.kept = kept;
        this.mayWait = same.mayWait;
    }

    /** A quarter of the heap for what is being read, and a sixteenth for what is kept. */
    public static Readings standard(BooleanSupplier mayWait) {
        return new Readings(Runtime.getRuntime().maxMemory() / 4, mayWait);
    }

    /** The same memory, but nothing is kept: for requests that nobody {@linkplain ParsedRequest#forget forgets}. */
    public Readings keepingNothing() {
        return new Readings(this, new Budget(0));
    }

    /** How many bytes one reading may take. */
    long most() {
        return most;
    }

    /** How many bytes are kept. */
    long kept() {
        return kept.taken();
    }

    /**
     * Waits until there is so much memory, or all that there is if that is less.
     *
     * @throws ReadingRefused if there is none within a minute, or the thread is interrupted
     */
    Share share(long bytes) {
        if (!mayWait.getAsBoolean()) {
            return NONE; // it waits for nobody, and there are never two of that kind
        }
        int wanted = inKib(Math.min(bytes, most));
        try {
            if (!free.tryAcquire(wanted, LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw ReadingRefused.crowded(LONGEST_WAIT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ReadingRefused.crowded(LONGEST_WAIT);
        }
        return () -> free.release(wanted);
    }

    /** Takes memory for something that stays, if there is any left. */
    boolean keep(long bytes) {
        return kept.take(bytes);
    }

    void forget(long bytes) {
        kept.giveBack(bytes);
    }

    private static int inKib(long bytes) {
        return Math.toIntExact(Math.max(1, bytes / KIB));
    }
}
