package dev.signalbox.bench;

import java.util.concurrent.atomic.AtomicLong;

/** What one loop's connections have seen while it was recording; read it when they have ended. */
final class Tally {
    private final Histogram latency = new Histogram();
    private final Histogram lateness = new Histogram();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean recording;
    private volatile String firstFailure = "";

    void record(boolean on) {
        recording = on;
    }

    /** Counts a reply that was right. */
    void answered(long nanos) {
        if (recording) {
            latency.add(nanos);
        }
    }

    /** Counts a chunk that came so much later than it was planned. */
    void chunk(long nanosLate) {
        if (recording) {
            lateness.add(nanosLate);
        }
    }

    /** Counts a reply that was wrong or did not come, recording or not. */
    void failed(String why) {
        if (failures.getAndIncrement() == 0) {
            firstFailure = why;
        }
    }

    long failures() {
        return failures.get();
    }

    String firstFailure() {
        return firstFailure;
    }

    Histogram latency() {
        return latency;
    }

    Histogram lateness() {
        return lateness;
    }
}
