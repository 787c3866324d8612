package dev.signalbox.core.room;

import java.time.Instant;
import java.util.Optional;

/** What a door says. Closed: the room handles every case. */
public sealed interface Answer {

    /**
     * Come in.
     *
     * @param undo gives back what was granted, as if it had never been; called at most once, under the room's lock, and
     *     never after the entry was handed over
     * @param host whose one preparation slot is needed before the request can be sent; empty if nothing is to be prepared
     */
    record Open(Runnable undo, Optional<String> host) implements Answer {}

    /**
     * Not now.
     *
     * @param reason in a few words, for traces
     * @param askAgainAt when to ask again if nothing happens before
     */
    record Later(String reason, Optional<Instant> askAgainAt) implements Answer {}

    /** Never, for this visitor. */
    record Never() implements Answer {}
}
