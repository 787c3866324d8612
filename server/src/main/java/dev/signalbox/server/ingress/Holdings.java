package dev.signalbox.server.ingress;

import dev.signalbox.core.Bodies;

/**
 * What of the memory all that clients send, and all that waits to be sent to them as a whole, may take together: one for
 * all listeners of a server. Any thread may use it.
 *
 * @param bodies holds bodies
 * @param chunks what chunks on their way may take
 */
record Holdings(Bodies bodies, ChunkBudget chunks) {

    /** For this machine. */
    static Holdings standard() {
        return new Holdings(Bodies.create(), ChunkBudget.standard());
    }
}
