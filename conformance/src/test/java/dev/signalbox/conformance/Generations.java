package dev.signalbox.conformance;

import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches the generations of several servers: two that run at once are seen, whichever servers they run on. One whose
 * client leaves is over at that moment, though its server notices a little later; but where the server computes to the end
 * what nobody waits for, it is over at its end. Any thread may use it.
 */
final class Generations implements AutoCloseable {

    /** One of them: where it runs, and those that ran when it began. */
    record Generation(int number, String server, Set<Generation> before) {}

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final Duration time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Generation> running = new HashSet<>(); // all guarded by lock
    private final List<String> together = new ArrayList<>();
    private int abandoned;
    private int begun;

    /** Generations that take so long. */
    Generations(Duration time) {
        this.time = time;
    }

    /** One that begins on that server now. */
    Generation begin(String server) {
        lock.lock();
        try {
            Generation generation = new Generation(begun++, server, Set.copyOf(running));
            running.add(generation);
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** Has a reply wait for its generation. */
    Reply watched(Generation generation, Reply reply) {
        Gate computed = Gate.closed();
        clock.schedule(() -> end(generation, computed), time.toNanos(), TimeUnit.NANOSECONDS);
        return reply.headWaitsFor(computed);
    }

    /** Its client leaves, and its server stops. */
    void abandon(Generation generation) {
        lock.lock();
        try {
            if (running.remove(generation)) {
                abandoned++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many began. */
    int begun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** How many of them ended early because their client left. */
    int abandoned() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    /** Those that ran at once. */
    List<String> together() {
        lock.lock();
        try {
            return List.copyOf(together);
        } finally {
            lock.unlock();
        }
    }

    /** It was computed to its end, whether or not somebody waits for it. */
    private void end(Generation generation, Gate computed) {
        lock.lock();
        try {
            if (running.remove(generation)) {
                running.stream()
                        .filter(other -> other.before().contains(generation))
                        .forEach(other -> together.add("%d at %s and %d at %s"
                                .formatted(generation.number(), generation.server(), other.number(), other.server())));
            }
        } finally {
            lock.unlock();
        }
        computed.open();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
