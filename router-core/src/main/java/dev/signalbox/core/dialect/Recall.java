package dev.signalbox.core.dialect;

import dev.signalbox.api.Body;
import dev.signalbox.core.dialect.Readings.Share;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What is said in one request: read when somebody asks, and kept where all requests together leave room. What is not
 * kept is read anew for the next one who asks, but for those who ask within one {@link Reading}. Any thread may ask; one
 * reads while the others wait.
 */
final class Recall {

    /** A body up to this is read at once: what it takes is little beside what there is. */
    private static final long SMALL = 1024 * 1024;

    /** What takes more than this is not kept. */
    private static final long KEPT = 5 * SMALL;

    /** What one byte of a large body may take in the end; reading stops where it takes more than there is. */
    private static final int OF_A_BYTE = 8;

    private final Body body;
    private final RequestShape shape;
    private final Readings readings;
    private final ReentrantLock turn = new ReentrantLock(); // of readers that may have to wait for memory; before lock
    private final ReentrantLock lock = new ReentrantLock(); // nobody waits under it for anything
    private volatile Optional<Said> said = Optional.empty(); // written under lock
    private long kept; // bytes; guarded by lock
    private boolean held; // whether it is to be let go of at the end of a reading; guarded by lock
    private boolean reading; // guarded by lock
    private Optional<Share> share = Optional.empty(); // of the reading; guarded by lock

    Recall(Body body, RequestShape shape, Readings readings) {
        this.body = body;
        this.shape = shape;
        this.readings = readings;
    }

    /**
     * What is said.
     *
     * @throws UncheckedIOException if the body cannot be read any more
     * @throws ReadingRefused if there is no memory for it
     */
    Said said() {
        Optional<Said> known = said;
        return known.isPresent() ? known.get() : read();
    }

    /** Begins a row of questions. */
    Reading begin() {
        lock.lock();
        try {
            reading = true;
            return new Reading(this);
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            reading = false;
            letGo();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is not to be kept. */
    void letGo() {
        lock.lock();
        try {
            if (held) {
                said = Optional.empty();
                held = false;
            }
            share.ifPresent(Share::close);
            share = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything; whoever asks later has it read again, if the body still can be. */
    void forget() {
        lock.lock();
        try {
            letGo();
            said = Optional.empty();
            readings.forget(kept);
            kept = 0;
        } finally {
            lock.unlock();
        }
    }

    private Said read() {
        return body.size() <= SMALL || !readings.mayWait() ? readNow() : readInTurn();
    }

    private Said readInTurn() {
        turn.lock();
        try {
            Optional<Said> others = said;
            return others.isPresent() ? others.get() : shared(this::readNow);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Waits until there is memory for a piece of the body as text, if that is large. It stays taken until the row of
     * questions ends; outside of one it is only seen to be there.
     *
     * @throws ReadingRefused if there is none
     */
    void makeRoom(long bytes) {
        if (bytes > SMALL && readings.mayWait()) {
            turn.lock();
            try {
                shared(() -> true);
            } finally {
                turn.unlock();
            }
        }
    }

    /** Does it with memory taken for the whole body. */
    private <T> T shared(Supplier<T> work) {
        if (hasShare()) {
            return work.get();
        }
        Share own = readings.share(OF_A_BYTE * body.size());
        boolean stays = false;
        try {
            stays = handOver(own);
            return work.get();
        } finally {
            if (!stays) {
                own.close();
            }
        }
    }

    private boolean hasShare() {
        lock.lock();
        try {
            return share.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves a share with the row of questions that goes on; false if there is none. */
    private boolean handOver(Share own) {
        lock.lock();
        try {
            if (reading) {
                share = Optional.of(own);
            }
            return reading;
        } finally {
            lock.unlock();
        }
    }

    private Said readNow() {
        lock.lock();
        try {
            return said.isPresent() ? said.get() : remembered(parsed());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            lock.unlock();
        }
    }

    private Said parsed() throws IOException {
        Transcript transcript = new Transcript();
        boolean large = body.size() > SMALL;
        shape.read(Outline.of(body, shape.spoken(), large, readings.most()), transcript);
        return new Said(transcript.end());
    }

    private Said remembered(Said read) {
        long size = read.size();
        if (size <= KEPT && readings.keep(size)) {
            kept = size;
            said = Optional.of(read);
        } else if (reading) {
            held = true;
            said = Optional.of(read);
        }
        return read;
    }
}
