package dev.signalbox.core.engine;

import dev.signalbox.api.Deadline;
import dev.signalbox.core.config.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How far an attempt has come, against its limits. The request's thread tells it; any thread may ask. */
final class Pace {

    /** Nothing comes after an end mark but the end, which is worth a moment: a reply read to it leaves its connection usable. */
    static final Duration FAREWELL = Duration.ofMillis(250);

    private final Time time;
    private final Deadline deadline;
    private final boolean streamed;
    private final long firstContentLimit;
    private final long idleLimit;
    private final long letIn;
    private volatile long prepared; // when the target's own time began
    private volatile boolean reading;
    private volatile long readSince;
    private volatile boolean toEnd;
    private volatile OptionalLong leaveSince = OptionalLong.empty(); // when it was first read on although it is to end
    private volatile Optional<Duration> firstContent = Optional.empty();

    /** Of an attempt that is let in now. */
    Pace(Time time, Limits limits, Deadline deadline, boolean streamed) {
        this.time = time;
        this.deadline = deadline;
        this.streamed = streamed;
        this.firstContentLimit = nanos(limits.firstContent());
        this.idleLimit = nanos(limits.idle());
        this.letIn = time.nanos();
        this.prepared = letIn;
    }

    /** As many as there are in 73 years at most, so that sums do not overflow. */
    private static long nanos(Duration limit) {
        Duration most = Duration.ofNanos(Long.MAX_VALUE / 4);
        return limit.compareTo(most) < 0 ? limit.toNanos() : most.toNanos();
    }

    /** What had to be done first is done: from now on it is the target that takes its time. */
    void isPrepared() {
        prepared = time.nanos();
    }

    /** Somebody waits for a byte from now on. */
    void reads() {
        readSince = time.nanos();
        if (toEnd && leaveSince.isEmpty()) {
            leaveSince = OptionalLong.of(readSince);
        }
        reading = true;
    }

    /** Nobody waits for a byte any more: a client that takes its time is not the server's silence. */
    void rests() {
        reading = false;
    }

    /** Whether somebody waits for a byte. */
    boolean awaitsByte() {
        return reading;
    }

    /** The first content is here. */
    void commits() {
        firstContent = Optional.of(Duration.ofNanos(time.nanos() - prepared));
    }

    /** The reply has said that it ends: from the next read on it has a moment to do so, whatever it still says. */
    void isToEnd() {
        toEnd = true;
    }

    /** Whether it has had that moment. */
    boolean leaveIsOver(long now) {
        OptionalLong since = leaveSince;
        return since.isPresent() && now - since.getAsLong() > Math.min(idleLimit, FAREWELL.toNanos());
    }

    /** How long the target took to its first content, once that is here. */
    Optional<Duration> firstContent() {
        return firstContent;
    }

    /** The limit that has passed, if one has. */
    Optional<Stop> overdue(long now) {
        if (deadline.expired()) {
            return Optional.of(Stop.TOTAL);
        }
        boolean committed = firstContent.isPresent();
        if (streamed && !committed && now - letIn > firstContentLimit) {
            return Optional.of(Stop.FIRST_CONTENT);
        }
        boolean silent = now - readSince > idleLimit || leaveIsOver(now);
        return streamed && committed && reading && silent ? Optional.of(Stop.IDLE) : Optional.empty();
    }
}
