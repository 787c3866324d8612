package dev.signalbox.testkit;

import java.util.concurrent.locks.ReentrantLock;

/** Counts what runs at once. */
final class Tally {

    private final ReentrantLock lock = new ReentrantLock();
    private int running; // all three guarded by lock
    private int most;
    private int total;

    void enter() {
        lock.lock();
        try {
            running++;
            total++;
            most = Math.max(most, running);
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            running--;
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    int most() {
        lock.lock();
        try {
            return most;
        } finally {
            lock.unlock();
        }
    }

    int total() {
        lock.lock();
        try {
            return total;
        } finally {
            lock.unlock();
        }
    }
}
