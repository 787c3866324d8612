package dev.signalbox.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** The places of a runtime that answers so many requests at once and lets the others wait in line, without a bound. */
final class Slots {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Turn> line = new ArrayDeque<>(); // all three guarded by lock
    private int places;
    private int taken;

    /** Somebody's place in the line. */
    private static final class Turn {
        private final CompletableFuture<Void> come = new CompletableFuture<>();
    }

    Slots(int places) {
        this.places = places;
    }

    /** From now on there are so many. */
    void places(int now) {
        lock.lock();
        try {
            places = now;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a place, or until that happens; true if the place is to be given back. */
    boolean take(CompletableFuture<Void> orElse) {
        Turn turn = enter();
        CompletableFuture.anyOf(turn.come, orElse).join();
        return keepsPlace(turn);
    }

    void release() {
        lock.lock();
        try {
            taken--;
            while (taken < places && !line.isEmpty()) {
                taken++;
                line.removeFirst().come.complete(null);
            }
        } finally {
            lock.unlock();
        }
    }

    int places() {
        lock.lock();
        try {
            return places;
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    private Turn enter() {
        lock.lock();
        try {
            Turn turn = new Turn();
            if (taken < places) {
                taken++;
                turn.come.complete(null);
            } else {
                line.addLast(turn);
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private boolean keepsPlace(Turn turn) {
        lock.lock();
        try {
            return !line.remove(turn);
        } finally {
            lock.unlock();
        }
    }
}
