package dev.signalbox.server.ingress;

import dev.signalbox.api.RouteException.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * How much memory the chunks of bodies may take. Helidon holds a whole chunk, and a client may make one of its whole
 * body. Small ones are not counted: everybody sends those, and the number of requests bounds them.
 */
final class ChunkBudget {

    private static final long SMALL = 16 << 10;
    private static final int UNIT = 1 << 10;

    private final int most;
    private final Semaphore free;

    ChunkBudget(long bytes) {
        this.most = (int) Math.min(bytes / UNIT, Integer.MAX_VALUE);
        this.free = new Semaphore(most);
    }

    /** For this machine: an eighth of the heap. */
    static ChunkBudget standard() {
        return new ChunkBudget(Runtime.getRuntime().maxMemory() / 8);
    }

    /** Takes what a chunk needs, or refuses it; gives back how much to {@link #giveBack}. */
    int take(long bytes) {
        if (bytes <= SMALL) {
            return 0;
        }
        long units = (bytes + UNIT - 1) / UNIT;
        if (units > most) {
            throw Refused.permanent(
                    413,
                    "chunk_too_large",
                    "The body has a chunk of %d bytes. Send smaller chunks, or the body with its Content-Length."
                            .formatted(bytes));
        }
        if (!free.tryAcquire((int) units)) {
            throw new Refused(Problem.passing(503, "out_of_memory", "Too many large requests arrive at once.")
                    .retryAfter(Optional.of(Duration.ofSeconds(1))));
        }
        return (int) units;
    }

    void giveBack(int taken) {
        free.release(taken);
    }
}
