package dev.signalbox.guard.memory;

import dev.signalbox.spi.Preparation;

/** Something that changes what is in the memory of a machine: one at a time for each. */
interface Work extends Preparation {

    /** What is going on, in words. */
    String what();

    /** It is not wanted any more: if it has not begun, it is as if nothing had been planned. Residency's lock. */
    void dropped();
}
