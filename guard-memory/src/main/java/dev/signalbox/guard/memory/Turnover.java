package dev.signalbox.guard.memory;

/** How often models were loaded and unloaded on one machine. Guarded by the residency's lock. */
final class Turnover {

    private int loads;
    private int unloads;

    /** Something was loaded. */
    void loaded() {
        loads++;
    }

    /** Something has gone. */
    void unloaded() {
        unloads++;
    }

    int loads() {
        return loads;
    }

    int unloads() {
        return unloads;
    }
}
