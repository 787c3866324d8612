package dev.signalbox.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a scripted server has seen. */
final class Journal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<ReceivedRequest> requests = new ArrayList<>(); // guarded by lock
    private final List<String> problems = new ArrayList<>(); // guarded by lock
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    void add(ReceivedRequest request) {
        lock.lock();
        try {
            requests.add(request);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void problem(String problem) {
        lock.lock();
        try {
            problems.add(problem);
        } finally {
            lock.unlock();
        }
    }

    void clientLeft() {
        left.complete(null);
    }

    CompletableFuture<Void> left() {
        return left;
    }

    List<ReceivedRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    List<String> problems() {
        lock.lock();
        try {
            return List.copyOf(problems);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a request, counted from 0; an {@link AssertionError} if it does not come in that time. */
    ReceivedRequest request(int index, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (requests.size() <= index && left > 0) {
                left = grown.awaitNanos(left);
            }
            if (requests.size() <= index) {
                throw new AssertionError("Only %d requests came within %s, request %d is waited for: %s"
                        .formatted(requests.size(), limit, index, requests));
            }
            return requests.get(index);
        } finally {
            lock.unlock();
        }
    }
}
