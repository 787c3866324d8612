package dev.signalbox.core.room;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A visitor in the room. Times are nanoseconds on the room's clock, {@link #NEVER} if they do not come.
 *
 * <p>Everything that is not final is written under the room's lock; the waiter's own thread reads the volatile fields.
 */
final class Waiter {

    static final long NEVER = Long.MAX_VALUE;

    private final Visitor visitor;
    private final Thread thread;
    private final long number;
    private final long arrived;
    private final long patience;
    private final Deadline until;
    private final Cancellation cancellation;

    private Optional<List<? extends Door>> foreseen;
    private final BooleanSupplier changed;
    private Priority rank;
    private long rises;
    private long askAgainAt = NEVER;
    private long overtakenAt = NEVER;
    private List<Holdup> holdups = List.of();
    private Wants wants = Wants.NOTHING;
    private boolean lacksOnlyPlaces;
    private int position;
    private String firstReason = "";
    private volatile long wakeAt = NEVER;
    private volatile @Nullable Outcome outcome;

    /**
     * Somebody who comes now.
     *
     * @param foreseen what it saw from outside
     * @param changed whether that may be otherwise by now
     */
    Waiter(Visitor visitor, Optional<List<? extends Door>> foreseen, BooleanSupplier changed, long number, long now) {
        this.visitor = visitor;
        this.thread = Thread.currentThread();
        this.number = number;
        this.arrived = now;
        this.patience = nanos(visitor.maxOvertaken());
        this.until = visitor.until();
        this.cancellation = visitor.cancellation();
        this.foreseen = foreseen;
        this.changed = changed;
        this.rank = visitor.priority();
        this.rises = rank == Priority.FOREGROUND ? NEVER : now + patience;
    }

    /** A quarter of the largest number at most, so that sums never overflow: 73 years. */
    static long nanos(Duration time) {
        long most = NEVER / 4;
        return time.isNegative() ? 0 : time.compareTo(Duration.ofNanos(most)) > 0 ? most : time.toNanos();
    }

    Visitor visitor() {
        return visitor;
    }

    /** Takes what it saw from outside, which is old the second time. */
    Optional<List<? extends Door>> takeForeseen() {
        Optional<List<? extends Door>> seen = foreseen;
        foreseen = Optional.empty();
        return seen;
    }

    /** Whether anything may be otherwise than it was when that was seen. */
    boolean changedSince() {
        return changed.getAsBoolean();
    }

    Deadline until() {
        return until;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Duration waited(long now) {
        return Duration.ofNanos(now - arrived);
    }

    Priority rank() {
        return rank;
    }

    /** Whether it is asked before the other one: by class, then by arrival. */
    boolean before(Waiter other) {
        return rank == other.rank ? number < other.number : rank.compareTo(other.rank) < 0;
    }

    /** Lets it rise if it waited long enough; it is then asked again, as it stands before others now. */
    boolean rise(long now) {
        boolean rose = false;
        while (rises <= now) {
            rank = rank.risen();
            rises = rank == Priority.FOREGROUND ? NEVER : rises + patience;
            rose = true;
        }
        if (rose) {
            askAgainAt = now;
        }
        return rose;
    }

    /** Somebody behind it took something it wants. */
    void overtaken(long now) {
        overtakenAt = Math.min(overtakenAt, now);
    }

    /** Whether nobody behind it may take anything it wants. */
    boolean exhausted(long now) {
        return overtakenAt != NEVER && now - overtakenAt > patience;
    }

    /** Whether it is to be asked on that occasion. */
    boolean concernedBy(Occasion occasion, long now) {
        return switch (occasion) {
            case ANYTHING -> true;
            case GIVEN_BACK -> askAgainAt <= now || !stillFull();
            case TIME -> askAgainAt <= now;
        };
    }

    private boolean stillFull() {
        for (Holdup holdup : holdups) {
            if (!holdup.stillFull()) {
                return false;
            }
        }
        return true;
    }

    /** It was asked and cannot start. */
    void heldUp(List<Holdup> why) {
        holdups = why;
        wants = Wants.of(why);
        lacksOnlyPlaces = why.stream().allMatch(Holdup::full);
        askAgainAt = why.stream().mapToLong(Holdup::askAgainAt).min().orElse(NEVER);
    }

    /** Whether gates without a place are all that is in its way. */
    boolean lacksOnlyPlaces() {
        return lacksOnlyPlaces;
    }

    /** It was put in the line; only its own thread calls this and {@link #tellThatItWaits}. */
    void waitsAt(int place) {
        position = place;
        firstReason = holdups.getFirst().reason();
    }

    void tellThatItWaits() {
        visitor.waits(position, firstReason);
    }

    /** What held it up when it was last asked, best door first. */
    List<Holdup> holdups() {
        return holdups;
    }

    /** What it needed when it was last asked. */
    Wants wants() {
        return wants;
    }

    SequencedMap<Target, String> reasons() {
        SequencedMap<Target, String> reasons = new LinkedHashMap<>();
        holdups.forEach(holdup -> reasons.putIfAbsent(holdup.target(), holdup.reason()));
        return reasons;
    }

    /** Settles when it wants to be asked again though nothing happens; wakes its thread if that became sooner. */
    long plan() {
        long before = wakeAt;
        long next = Math.min(askAgainAt, rises);
        wakeAt = next;
        if (next < before) {
            wake();
        }
        return next;
    }

    /** How long its thread may sleep; not positive if it is to be asked again. */
    long nap(long now) {
        long asked = wakeAt;
        return Math.min(until.remainingNanos(), asked == NEVER ? NEVER : asked - now);
    }

    /** How its visit ended; null while it waits. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    void end(Outcome how) {
        outcome = how;
        wake();
    }

    /**
     * Has its thread look again. To itself a thread has nothing to say: what it would leave behind is a permit that ends
     * its next wait, on a socket, before anything came.
     */
    void wake() {
        if (!thread.equals(Thread.currentThread())) {
            LockSupport.unpark(thread);
        }
    }
}
