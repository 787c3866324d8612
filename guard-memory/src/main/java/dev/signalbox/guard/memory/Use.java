package dev.signalbox.guard.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a model is used. Guarded by the residency's lock. */
final class Use {

    /** After that long half of a use is forgotten. */
    private static final double HALF_LIFE = Duration.ofMinutes(10).toNanos();

    private static final long SECOND = 1_000_000_000L;

    /** How it was used before a request began; it is so again if that is undone and nobody else came or went. */
    record Before(double uses, long asOf, Optional<Began> last, long lastUse, long changes) {}

    /** When a request began, by both clocks. */
    private record Began(Instant moment, long nanos) {}

    private int inFlight;
    private long promised;
    private double uses;
    private long asOf; // when so much of them was forgotten
    private Optional<Began> last = Optional.empty(); // of those that are or were answered
    private long lastUse;
    private long changes;

    Before begin(long growth, long now, Instant moment) {
        changes++;
        Before before = new Before(uses, asOf, last, lastUse, changes);
        forget(now);
        uses++;
        inFlight++;
        promised += growth;
        lastUse = now;
        last = Optional.of(new Began(moment, now));
        return before;
    }

    /** As if it had never begun. */
    void undo(long growth, Before before) {
        inFlight--;
        promised -= growth;
        if (changes == before.changes()) {
            uses = before.uses();
            asOf = before.asOf();
            last = before.last();
            lastUse = before.lastUse();
        } else {
            uses = Math.max(0, uses - 1);
        }
    }

    void end(long growth, long now) {
        changes++;
        inFlight--;
        promised -= growth;
        lastUse = now;
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

    /** When a request to it began or ended last; empty if none ever did. */
    Optional<Instant> lastUsed() {
        return last.map(began -> began.moment().plusNanos(lastUse - began.nanos()));
    }

    /** How likely it is to be wanted again soon, from 0 to 1: who was often used lately will be. */
    double likelihood(long now) {
        double lately = usesAt(now);
        return lately / (1 + lately);
    }

    private double usesAt(long now) {
        return uses * Math.pow(0.5, Math.max(0, now - asOf) / HALF_LIFE);
    }

    /** Once a second is often enough, of so long a half-life. */
    private void forget(long now) {
        if (now - asOf >= SECOND || uses == 0) {
            uses = usesAt(now);
            asOf = now;
        }
    }
}
