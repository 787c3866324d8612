package dev.signalbox.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Waits for threads to end. */
final class Threads {

    private Threads() {}

    /** Gives all of them together that long to end; those that did not. Stops waiting when interrupted. */
    static List<Thread> stillRunning(Collection<Thread> threads, Duration limit) {
        List<Thread> left = new ArrayList<>(threads);
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (Thread thread : left) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        left.removeIf(thread -> !thread.isAlive());
        return left;
    }
}
