package dev.signalbox.conformance;

import dev.signalbox.conformance.Honesty.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Many clients at once, and mishaps meanwhile. */
final class Crowd {

    /** Sends a request and tells how it ended. */
    @FunctionalInterface
    interface Way {
        Outcome ask(Ask ask) throws Exception;
    }

    private static final int AT_ONCE = 40;
    private static final int BETWEEN_MISHAPS = 10;
    private static final Duration BETWEEN_MISHAPS_AT_MOST = Duration.ofMillis(100);

    private final Way way;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore ended = new Semaphore(0);
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Set<Ask> open = ConcurrentHashMap.newKeySet();

    Crowd(Way way) {
        this.way = way;
    }

    /**
     * Asks it all, with a mishap after every few answers, or after a moment if there are none; how often each outcome was.
     *
     * @throws AssertionError if a request failed the test, or has no outcome when the time is over
     */
    Map<Outcome, Integer> ask(List<Ask> asks, Mishaps mishaps, Duration limit) throws InterruptedException {
        open.addAll(asks);
        List<Thread> clients = new ArrayList<>();
        asks.forEach(ask ->
                clients.add(Thread.ofVirtual().name("client-" + ask.number()).start(() -> ask(ask))));
        long end = System.nanoTime() + limit.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            boolean few = ended.tryAcquire(BETWEEN_MISHAPS, BETWEEN_MISHAPS_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
            if (few || !open.isEmpty()) {
                mishaps.next();
            }
        }
        mishaps.end();
        if (!open.isEmpty()) {
            List<Ask> hanging = List.copyOf(open);
            clients.forEach(Thread::interrupt);
            throw new AssertionError("Without an outcome after %s: %s".formatted(limit, hanging));
        }
        for (Thread client : clients) {
            client.join();
        }
        throwFailures();
        Map<Outcome, Integer> counted = new EnumMap<>(Outcome.class);
        outcomes.forEach(outcome -> counted.merge(outcome, 1, Integer::sum));
        return Collections.unmodifiableMap(counted);
    }

    private void ask(Ask ask) {
        try {
            places.acquire();
            try {
                outcomes.add(way.ask(ask));
            } finally {
                places.release();
            }
        } catch (Exception | AssertionError failure) {
            failures.add(new AssertionError("%s failed: %s".formatted(ask, failure), failure));
        } finally {
            open.remove(ask);
            ended.release();
        }
    }

    private void throwFailures() {
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError("%d requests failed, first %s"
                    .formatted(failures.size(), failures.peek().getMessage()));
            failures.stream().limit(5).forEach(all::addSuppressed);
            throw all;
        }
    }
}
