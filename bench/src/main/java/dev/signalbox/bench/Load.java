package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The load generator: connections that are kept open, each sending its next request when the reply to the last one has
 * ended, and every reply checked. One thread drives it; a few loops do the work.
 */
final class Load implements AutoCloseable {
    static final int MAX_FAILURES = 100;

    private static final AtomicLong IDS = new AtomicLong();

    private final List<EventLoop> loops;
    private final List<Tally> tallies;
    private final Contender contender;
    private final ChatRequest request;
    private final ChatRequest.Copies copies;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean repeating;

    /** @param repeating whether a connection sends request after request, until {@link #finish}, or only one */
    Load(Contender contender, ChatRequest request, boolean repeating) throws IOException {
        this.contender = contender;
        this.request = request;
        this.repeating = repeating;
        copies = request.copies(contender);
        loops = EventLoop.start("load");
        tallies = Stream.generate(Tally::new).limit(loops.size()).toList();
    }

    /** Names the next request; no two requests of a bench have one id, and none has 0. */
    static long nextId() {
        return IDS.incrementAndGet();
    }

    /** Opens that many more connections and lets each begin. Any thread may call it. */
    void connect(int count) {
        open.addAndGet(count);
        for (int i = 0; i < count; i++) {
            int loop = opened.getAndIncrement() % loops.size();
            EventLoop to = loops.get(loop);
            Tally tally = tallies.get(loop);
            to.give(() -> LoadConnection.open(this, to, tally));
        }
    }

    /** Turns counting on or off. Failures are always counted. */
    void record(boolean on) {
        tallies.forEach(tally -> tally.record(on));
    }

    /** Tells how many connections are at work. */
    int open() {
        return open.get();
    }

    long failures() {
        return tallies.stream().mapToLong(Tally::failures).sum();
    }

    /** Lets every connection end its request, for at most that long; false if some did not. */
    boolean finish(Duration patience) throws InterruptedException {
        repeating = false;
        long until = System.nanoTime() + patience.toNanos();
        while (open.get() > 0 && System.nanoTime() - until < 0) {
            Thread.sleep(Duration.ofMillis(1));
        }
        return open.get() == 0;
    }

    /** Adds up what was counted; only after {@link #finish}. */
    Result result() {
        Histogram latency = new Histogram();
        Histogram lateness = new Histogram();
        tallies.forEach(tally -> {
            latency.add(tally.latency());
            lateness.add(tally.lateness());
        });
        String why = tallies.stream()
                .map(Tally::firstFailure)
                .filter(first -> !first.isEmpty())
                .findFirst()
                .orElse("");
        return new Result(latency, lateness, failures(), why);
    }

    /** What a load has seen: durations of requests and lateness of chunks, in nanoseconds. */
    record Result(Histogram latency, Histogram lateness, long failures, String firstFailure) {}

    /** Tells the processor time the load generator has taken. */
    Duration processorTime() {
        return EventLoop.processorTime(loops);
    }

    Contender contender() {
        return contender;
    }

    ChatRequest request() {
        return request;
    }

    ChatRequest.Copy copy() {
        return copies.copy();
    }

    boolean repeating() {
        return repeating && failures() < MAX_FAILURES;
    }

    void ended() {
        open.decrementAndGet();
    }

    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }
}
