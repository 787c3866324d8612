package dev.signalbox.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Answers one after the other; the last one stays. */
final class InTurn implements Script {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Reply> replies = new ArrayDeque<>(); // guarded by lock

    InTurn(Reply first, Reply... others) {
        replies.add(first);
        replies.addAll(List.of(others));
    }

    @Override
    public Reply reply(ReceivedRequest request) {
        lock.lock();
        try {
            return replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
        } finally {
            lock.unlock();
        }
    }
}
