package dev.signalbox.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A model server without a model, in the OpenAI chat shape. It does what the {@link Script} in the request says, and
 * notes when a request that is being answered loses its client. Any thread may ask it.
 */
final class Upstream implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final List<EventLoop> loops;
    private final ServerSocketChannel listener;
    private final Answers answers = new Answers();
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
    private final LongAdder abandoned = new LongAdder();
    private int accepted; // only the first loop's thread touches it

    private Upstream(List<EventLoop> loops, ServerSocketChannel listener) {
        this.loops = loops;
        this.listener = listener;
    }

    /** Listens on that port of the loopback address; 0 takes any. */
    static Upstream start(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener.configureBlocking(false);
        Upstream upstream = new Upstream(EventLoop.start("upstream"), listener);
        EventLoop first = upstream.loops.getFirst();
        first.give(() -> upstream.listen(first));
        return upstream;
    }

    /** The moments, in nanoseconds of {@link System#nanoTime}, when a request had arrived and when its client left. */
    record Watch(CompletableFuture<Long> arrived, CompletableFuture<Long> left) {}

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
    }

    /** Notes what becomes of the request of that id, which has not been sent yet. */
    Watch watch(long id) {
        Watch watch = new Watch(new CompletableFuture<>(), new CompletableFuture<>());
        watches.put(id, watch);
        return watch;
    }

    /** Tells how many requests were left by their clients before their answer had ended. */
    long abandoned() {
        return abandoned.sum();
    }

    /** Tells the processor time the mock upstream has taken so far. */
    Duration processorTime() {
        return EventLoop.processorTime(loops);
    }

    Answers answers() {
        return answers;
    }

    void arrived(long id, long now) {
        Watch watch = watches.get(id);
        if (watch != null) {
            watch.arrived().complete(now);
        }
    }

    void answered(long id) {
        watches.remove(id);
    }

    void left(long id, long now) {
        abandoned.increment();
        Watch watch = watches.remove(id);
        if (watch != null) {
            watch.left().complete(now);
        }
    }

    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }

    private void listen(EventLoop loop) {
        try {
            listener.register(loop.selector(), SelectionKey.OP_ACCEPT, new Door());
        } catch (IOException e) {
            throw new IllegalStateException("the mock upstream cannot listen", e);
        }
    }

    /** Hands new connections to the loops in turn. */
    private final class Door implements EventLoop.Owner {
        @Override
        public void ready() throws IOException {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                EventLoop loop = loops.get(accepted++ % loops.size());
                SocketChannel next = channel;
                loop.give(() -> UpstreamConnection.open(Upstream.this, loop, next));
            }
        }

        @Override
        public void broken(IOException why) {
            throw new IllegalStateException("the mock upstream cannot accept", why);
        }
    }
}
