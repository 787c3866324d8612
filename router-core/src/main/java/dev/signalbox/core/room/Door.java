package dev.signalbox.core.room;

import dev.signalbox.api.Target;
import java.util.List;
import java.util.Optional;

/** A way in: one target, the gates in front of it and whoever has a word in it. */
public interface Door {

    /** Where it leads. */
    Target target();

    /** The gates that a place is needed of, each once; may be empty. */
    List<Gate> gates();

    /**
     * The machine whose memory it shares with others. If {@link #ask} says later, whoever starts on that machine passes
     * over the one who waits, and so it is kept for it after {@link Visitor#maxOvertaken}; empty if nobody there is in
     * its way.
     */
    default Optional<String> host() {
        return Optional.empty();
    }

    /**
     * Asks everybody who has a word in it; called only when all gates have a place. What is opened is taken in the same
     * step or undone.
     *
     * <p>Called as {@link Visitor#doors} is: under the room's lock, on any thread; it neither waits nor enters the room.
     */
    Answer ask();
}
