package dev.signalbox.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Finds the answer to a request: the newest rule that fits, else the next of the queue, else what is left. */
final class Playbook {

    private record Rule(Predicate<ReceivedRequest> when, Script script) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Rule> rules = new ArrayList<>(); // all three guarded by lock
    private final Queue<Reply> queue = new ArrayDeque<>();
    private Script otherwise = Playbook::unscripted;

    void rule(Predicate<ReceivedRequest> when, Script script) {
        lock.lock();
        try {
            rules.addFirst(new Rule(when, script));
        } finally {
            lock.unlock();
        }
    }

    void queue(Reply reply) {
        lock.lock();
        try {
            queue.add(reply);
        } finally {
            lock.unlock();
        }
    }

    void otherwise(Script script) {
        lock.lock();
        try {
            otherwise = script;
        } finally {
            lock.unlock();
        }
    }

    /** Asks the script outside the lock, as it may block. */
    Reply replyTo(ReceivedRequest request) throws InterruptedException {
        return scriptFor(request).reply(request);
    }

    private Script scriptFor(ReceivedRequest request) {
        lock.lock();
        try {
            Optional<Script> rule = rules.stream()
                    .filter(one -> one.when().test(request))
                    .map(Rule::script)
                    .findFirst();
            if (rule.isPresent()) {
                return rule.get();
            }
            Optional<Reply> queued = Optional.ofNullable(queue.poll());
            return queued.<Script>map(reply -> anything -> reply).orElse(otherwise);
        } finally {
            lock.unlock();
        }
    }

    private static Reply unscripted(ReceivedRequest request) {
        return Reply.text(500, "Nothing is scripted for " + request);
    }
}
