package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Preparation;

/** Something that changes what is in the memory of a machine: one at a time for each. */
interface Work extends Preparation {

    /** The model it is about. */
    Target target();

    /** What is going on, in words. */
    String what();

    /** It is not wanted any more: if it has not begun, it is as if nothing had been planned. Residency's lock. */
    void dropped();

    /** The request failed for which it was done. Residency's lock. */
    default void wasInVain() {}
}
