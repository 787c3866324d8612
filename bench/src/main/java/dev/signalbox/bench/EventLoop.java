package dev.signalbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One thread that waits for sockets and for moments. Everything given to a loop runs on its thread, so what belongs to
 * one connection needs no locks.
 */
final class EventLoop implements AutoCloseable {
    private static final int SCRATCH_BYTES = 1 << 18;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector = Selector.open();
    private final Queue<Runnable> given = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Moment> moments = new PriorityQueue<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final Thread thread;
    private volatile boolean closed;

    private EventLoop(String name) throws IOException {
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Starts half as many loops as there are processors, so that what is measured has the other half. */
    static List<EventLoop> start(String name) throws IOException {
        EventLoop[] loops = new EventLoop[Math.max(1, Runtime.getRuntime().availableProcessors() / 2)];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = new EventLoop(name + "-" + i);
        }
        return List.of(loops);
    }

    /** Whoever owns a socket. */
    interface Owner {
        void ready() throws IOException;

        /** The socket has failed, or {@link #ready} has thrown. */
        void broken(IOException why);
    }

    private record Moment(long nanos, Runnable action) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            return Long.signum(nanos - other.nanos); // nanoTime may overflow, so no plain comparison
        }
    }

    /** Runs the action soon on the loop's thread. May be called from any thread. */
    void give(Runnable action) {
        given.add(action);
        selector.wakeup();
    }

    /** Runs the action at a moment of {@link System#nanoTime}, up to a millisecond late. Only on the loop's thread. */
    void at(long nanos, Runnable action) {
        moments.add(new Moment(nanos, action));
    }

    Selector selector() {
        return selector;
    }

    /** Lends an empty buffer until the present action ends. Only on the loop's thread. */
    ByteBuffer scratch() {
        return scratch.clear();
    }

    /** Tells the processor time the loop's thread has taken. */
    Duration processorTime() {
        return Duration.ofNanos(Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId())));
    }

    static Duration processorTime(List<EventLoop> loops) {
        return loops.stream().map(EventLoop::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    /** Ends the thread and closes every socket it waited for. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!closed) {
                await();
                runGiven();
                runMoments();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a selector that fails ends the bench
        }
    }

    private void await() throws IOException {
        Moment next = moments.peek();
        long nanos = next == null ? Long.MAX_VALUE : next.nanos - System.nanoTime();
        if (nanos <= 0) {
            selector.selectNow(EventLoop::ready);
        } else {
            long millis = next == null ? 0 : (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI; // 0 waits for ever
            selector.select(EventLoop::ready, millis);
        }
    }

    private static void ready(SelectionKey key) {
        Owner owner = (Owner) key.attachment();
        try {
            owner.ready();
        } catch (IOException e) {
            owner.broken(e);
        }
    }

    private void runGiven() {
        for (Runnable action = given.poll(); action != null; action = given.poll()) {
            action.run();
        }
    }

    private void runMoments() {
        long now = System.nanoTime();
        for (Moment next = moments.peek(); next != null && next.nanos - now <= 0; next = moments.peek()) {
            moments.remove().action.run();
        }
    }
}
