package dev.signalbox.core.room;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What a visitor holds once it is in: a place of every gate and, until it is prepared, the host's slot. Any thread may use it. */
public final class Entry implements AutoCloseable {

    /** Where an entry takes what it gives back. */
    @FunctionalInterface
    interface Desk {
        /** Has a place of each gate, held since that moment, taken back soon. */
        void giveBack(List<Gate> gates, long since);
    }

    private final Desk desk;
    private final Door door;
    private final Answer.Open open;
    private final List<Gate> gates;
    private final Optional<Gate> slot;
    private final long since;
    private final Duration waited;
    private final AtomicBoolean slotFree;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Entry(
            Desk desk,
            Door door,
            Answer.Open open,
            List<Gate> gates,
            Optional<Gate> slot,
            long since,
            Duration waited) {
        this.desk = desk;
        this.door = door;
        this.open = open;
        this.gates = gates;
        this.slot = slot;
        this.since = since;
        this.waited = waited;
        this.slotFree = new AtomicBoolean(slot.isEmpty());
    }

    /** Takes a place of every gate, and the slot; under the room's lock. */
    static Entry take(
            Desk desk,
            Door door,
            Answer.Open open,
            List<Gate> gates,
            Optional<Gate> slot,
            long since,
            Duration waited) {
        Entry entry = new Entry(desk, door, open, List.copyOf(gates), slot, since, waited);
        entry.gates.forEach(Gate::take);
        slot.ifPresent(Gate::take);
        return entry;
    }

    /** The door that opened. */
    public Door door() {
        return door;
    }

    /** What it said. */
    public Answer.Open open() {
        return open;
    }

    /** How long it waited in the room. */
    public Duration waited() {
        return waited;
    }

    /** Gives the host's slot back: the preparation is over. Does nothing the second time, or if none was taken. */
    public void slotFree() {
        if (slotFree.compareAndSet(false, true)) {
            desk.giveBack(slot.stream().toList(), since);
        }
    }

    /**
     * Gives the places back, and the slot, in one step. Does nothing the second time. Never blocks on others: if the room
     * is busy asking, whoever asks takes them back before it ends.
     */
    @Override
    public void close() {
        outlive().close();
    }

    /** Ends it, but for the places, which stay taken. If it has ended before, they have been given back. */
    public Places outlive() {
        boolean first = closed.compareAndSet(false, true);
        List<Gate> all = first && slotFree.compareAndSet(false, true) ? withSlot() : gates;
        return new Places(desk, all, since, !first);
    }

    /** As if it had never been handed over; under the room's lock. */
    void undo() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List<Gate> free = slotFree.compareAndSet(false, true) ? withSlot() : gates;
        free.forEach(Gate::undo);
        open.undo().run();
    }

    private List<Gate> withSlot() {
        return Stream.concat(gates.stream(), slot.stream()).toList();
    }
}
