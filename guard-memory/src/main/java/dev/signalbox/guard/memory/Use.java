package dev.signalbox.guard.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a model is used. Guarded by the residency's lock. */
final class Use {

    /** After that long half of a use is forgotten. */
    private static final double HALF_LIFE = Duration.ofMinutes(10).toNanos();

    /** How it was used before a request began; it is so again if that is undone and nobody else came or went. */
    record Before(double uses, long lastUse, Optional<Instant> lastUsed, long changes) {}

    private int inFlight;
    private long promised;
    private double uses; // as of lastUse
    private long lastUse;
    private Optional<Instant> lastUsed = Optional.empty();
    private long changes;

    Before begin(long growth, long now, Instant time) {
        changes++;
        Before before = new Before(uses, lastUse, lastUsed, changes);
        uses = usesAt(now) + 1;
        inFlight++;
        promised += growth;
        touch(now, time);
        return before;
    }

    /** As if it had never begun. */
    void undo(long growth, Before before) {
        inFlight--;
        promised -= growth;
        if (changes == before.changes()) {
            uses = before.uses();
            lastUse = before.lastUse();
            lastUsed = before.lastUsed();
        } else {
            uses = Math.max(0, uses - 1);
        }
    }

    void end(long growth, long now, Instant time) {
        changes++;
        uses = usesAt(now);
        inFlight--;
        promised -= growth;
        touch(now, time);
    }

    private void touch(long now, Instant time) {
        lastUse = now;
        lastUsed = Optional.of(time);
    }

    boolean busy() {
        return inFlight > 0;
    }

    int inFlight() {
        return inFlight;
    }

    /** Bytes that the requests it is answering may still take. */
    long promised() {
        return promised;
    }

    long lastUse() {
        return lastUse;
    }

    Optional<Instant> lastUsed() {
        return lastUsed;
    }

    /** How likely it is to be wanted again soon, from 0 to 1: who was often used lately will be. */
    double likelihood(long now) {
        double lately = usesAt(now);
        return lately / (1 + lately);
    }

    private double usesAt(long now) {
        return uses * Math.pow(0.5, Math.max(0, now - lastUse) / HALF_LIFE);
    }
}
