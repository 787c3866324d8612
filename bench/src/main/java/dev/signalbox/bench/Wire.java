package dev.signalbox.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** A socket that belongs to a loop: sends what it can at once and the rest when there is room. For the loop's thread. */
final class Wire implements Closeable {
    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();

    private Wire(EventLoop loop, SocketChannel channel, SelectionKey key) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
    }

    /** Makes a connected socket the loop's; nobody is told of what it brings before {@link #belongsTo}. */
    static Wire open(EventLoop loop, SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new Wire(loop, channel, channel.register(loop.selector(), 0));
    }

    void belongsTo(EventLoop.Owner owner) {
        key.attach(owner);
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Sends the buffer, which must be left alone until it is sent. */
    void send(ByteBuffer bytes) throws IOException {
        unsent.add(bytes);
        flush();
    }

    /** Sends more of what could not be sent before. */
    void flush() throws IOException {
        for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
            channel.write(next);
            if (next.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            unsent.remove();
        }
        if (key.interestOps() != SelectionKey.OP_READ) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** Sends and reads what can be sent and read now; false when the other side has closed. */
    boolean serve(HttpReader reader) throws IOException {
        if (!unsent.isEmpty()) {
            flush();
        }
        ByteBuffer bytes = loop.scratch();
        int count = channel.read(bytes);
        if (count > 0) {
            reader.read(bytes.flip());
        }
        return count >= 0;
    }

    /** Closes the socket; a failure to close concerns nobody. */
    @Override
    public void close() {
        unsent.clear();
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
