package dev.signalbox.core.room;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Somebody who wants in: one request. What a method throws ends this visit only and is thrown by {@link WaitingRoom#enter}. */
public interface Visitor {

    /** Its class when it enters; read once. */
    Priority priority();

    /**
     * How long whoever stands behind it may go on passing over it, from the first time; also what it has to wait to
     * rise one class. Read once.
     */
    Duration maxOvertaken();

    /** When waiting ends; who can start at once never asks. Read once. */
    Deadline until();

    /** Ends waiting; read once. */
    Cancellation cancellation();

    /**
     * Where it may go as far as it can tell before it goes in, as {@link #doors} tells it; empty if it does not look ahead.
     *
     * <p>Called once, on its own thread and outside the room's lock, where finding that out keeps nobody waiting. If one of
     * these doors opens, {@link #doors} is not asked; nor if none does and nobody has said meanwhile that anything changed.
     */
    default Optional<List<? extends Door>> foreseen() {
        return Optional.empty();
    }

    /**
     * Where it may go now, best first; empty if nothing is left, ever.
     *
     * <p>Pure and quick: called inside the room's step, under its lock, on any waiter's thread, whenever it is asked. It
     * must not enter the room; {@link WaitingRoom#askAgain} and {@link Entry#close} may be called.
     */
    List<? extends Door> doors();

    /**
     * Told once, when it begins to wait, on its own thread and outside the room's lock.
     *
     * @param position its place among those that want something it wants, from 1
     * @param reason why it cannot start through its best door
     */
    void waits(int position, String reason);
}
