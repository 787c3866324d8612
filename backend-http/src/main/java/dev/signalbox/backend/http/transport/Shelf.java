package dev.signalbox.backend.http.transport;

import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** The idle connections to one server, the youngest first: it is the least likely to have been closed. */
final class Shelf<C extends Kept> {

    private final Deque<C> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger room;

    Shelf(int room) {
        this.room = new AtomicInteger(room);
    }

    void put(C one) {
        if (room.getAndDecrement() > 0) {
            idle.offerFirst(one);
        } else {
            room.getAndIncrement();
            one.close();
        }
    }

    /** One that is neither too old nor known to be dead. */
    Optional<C> take() {
        for (C one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
            room.getAndIncrement();
            if (one.idleUntil() - System.nanoTime() > 0 && one.alive()) {
                return Optional.of(one);
            }
            one.close();
        }
        return Optional.empty();
    }

    /** Closes what is too old; returns the nanoseconds until something else will be. */
    long closeOld(long now) {
        long next = Watch.FAR;
        for (C one : List.copyOf(idle)) {
            long left = one.idleUntil() - now;
            if (left > 0) {
                next = Math.min(next, left);
            } else if (idle.remove(one)) {
                room.getAndIncrement();
                one.close();
            }
        }
        return next;
    }

    void clear() {
        for (C one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
            room.getAndIncrement();
            one.close();
        }
    }
}
