package dev.signalbox.core.room;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places in front of targets. It outlives exchanges of the configuration, which only {@link #resize} it.
 *
 * <p>Any thread may look; only the room takes and gives back, under its lock. A gate belongs to one room. Two gates are
 * the same only if they are the same object.
 */
public final class Gate {

    /** How much one visit counts in the mean of how long places are held. */
    private static final double WEIGHT = 0.2;

    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final double LONGEST_SECONDS = 600;

    private final String name;
    private final String full;
    private final String kept;
    private final AtomicInteger taken = new AtomicInteger(); // written under the room's lock
    private final AtomicInteger waiting = new AtomicInteger(); // written under the room's lock
    private volatile int places;
    private volatile int queue;
    private long keptIn = -1; // guarded by the room's lock
    private double meanHeld = -1; // nanoseconds, negative before anybody left; guarded by the room's lock

    /**
     * A gate.
     *
     * @param name its name in the configuration
     * @param places how many may be past it at once, at least 1
     * @param queue how many may wait for it, at least 0
     */
    public Gate(String name, int places, int queue) {
        this(name, "gate " + name + " is full", "gate " + name, places, queue);
    }

    private Gate(String name, String full, String what, int places, int queue) {
        this.name = name;
        this.full = full;
        this.kept = what + " is kept for somebody passed over for long";
        resize(places, queue);
    }

    /** Something of a host that is taken like a place; how many wait for it is bounded elsewhere. */
    static Gate internal(String name, String full, int places) {
        return new Gate(name, full, "host " + name, places, Integer.MAX_VALUE);
    }

    /**
     * Changes how many may be past it and wait. Nobody who is in or waits is turned out. Whoever can start because of it
     * starts with the next {@link WaitingRoom#askAgain}.
     */
    public void resize(int newPlaces, int newQueue) {
        if (newPlaces < 1 || newQueue < 0) {
            throw new IllegalArgumentException("gate %s: %d places and a queue of %d; needs at least 1 and 0"
                    .formatted(name, newPlaces, newQueue));
        }
        places = newPlaces;
        queue = newQueue;
    }

    /** Its name in the configuration. */
    public String name() {
        return name;
    }

    /** How many may be past it at once. */
    public int places() {
        return places;
    }

    /** How many may wait for it. */
    public int queue() {
        return queue;
    }

    /** How many are past it. */
    public int taken() {
        return taken.get();
    }

    /** How many wait and need it, those included that could also go another way. */
    public int waiting() {
        return waiting.get();
    }

    /** Its name and how it is taken. */
    @Override
    public String toString() {
        return "%s (%d of %d taken, %d waiting)".formatted(name, taken(), places, waiting());
    }

    boolean hasPlace() {
        return taken.get() < places;
    }

    boolean letsSomebodyIn() {
        return hasPlace() && waiting.get() > 0;
    }

    boolean queueIsFull() {
        return waiting.get() >= queue;
    }

    void take() {
        taken.incrementAndGet();
    }

    void giveBack(long held) {
        taken.decrementAndGet();
        meanHeld = meanHeld < 0 ? held : meanHeld + WEIGHT * (held - meanHeld);
    }

    /** As if it had never been taken. */
    void undo() {
        taken.decrementAndGet();
    }

    void join() {
        waiting.incrementAndGet();
    }

    void leave() {
        waiting.decrementAndGet();
    }

    /** Keeps it, for the rest of that round of asking, for those already asked. */
    void keep(long round) {
        keptIn = round;
    }

    boolean keptIn(long round) {
        return keptIn == round;
    }

    String whyFull() {
        return full;
    }

    String whyKept() {
        return kept;
    }

    /** About how long until half of those who wait are in; empty before anybody left. */
    Optional<Duration> retryAfter() {
        if (meanHeld < 0) {
            return Optional.empty();
        }
        double seconds = meanHeld / 1e9 / places * (waiting.get() / 2 + 1);
        Duration wait = Duration.ofSeconds((long) Math.ceil(Math.min(seconds, LONGEST_SECONDS)));
        return Optional.of(wait.compareTo(SOONEST) < 0 ? SOONEST : wait);
    }
}
