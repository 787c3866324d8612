package dev.signalbox.core.room;

/** A host's one preparation slot, held without a request. Any thread may use it. */
public final class Slot implements AutoCloseable {

    private final Entry entry;

    Slot(Entry entry) {
        this.entry = entry;
    }

    /** Gives the slot back. Does nothing the second time. */
    @Override
    public void close() {
        entry.close();
    }
}
