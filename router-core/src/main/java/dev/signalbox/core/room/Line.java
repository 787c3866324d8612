package dev.signalbox.core.room;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Waiters in the order in which they are asked. Guarded by the room's lock. */
final class Line {

    private static final Comparator<Waiter> ORDER = (a, b) -> a == b ? 0 : a.before(b) ? -1 : 1;

    private final List<Waiter> waiters = new ArrayList<>();
    private long next = Waiter.NEVER;
    private boolean lacksOnlyPlaces = true;

    int size() {
        return waiters.size();
    }

    Waiter get(int index) {
        return waiters.get(index);
    }

    /** Where it stands, or would. */
    int indexOf(Waiter waiter) {
        int low = 0;
        int high = waiters.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (waiters.get(middle).before(waiter)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void insert(int index, Waiter waiter) {
        waiters.add(index, waiter);
        plan(waiter);
    }

    void remove(int index) {
        waiters.remove(index);
    }

    /** Lets everybody rise who waited long enough. */
    void age(long now) {
        boolean moved = false;
        for (Waiter waiter : waiters) {
            moved |= waiter.rise(now);
        }
        if (moved) {
            waiters.sort(ORDER);
        }
    }

    /** The first moment at which somebody wants to be asked though nothing happens; may be too early. */
    long next() {
        return next;
    }

    /** Whether all who wait do so for places of gates and nothing else; false if that is not sure. */
    boolean lacksOnlyPlaces() {
        return lacksOnlyPlaces;
    }

    /** Notes when a waiter wants to be asked again, and what it lacks. */
    void plan(Waiter waiter) {
        next = Math.min(next, waiter.plan());
        lacksOnlyPlaces &= waiter.lacksOnlyPlaces();
    }

    /** Forgets all that was noted; whoever still waits is to be noted again. */
    void replan() {
        next = Waiter.NEVER;
        lacksOnlyPlaces = true;
    }

    List<Waiter> all() {
        return List.copyOf(waiters);
    }
}
