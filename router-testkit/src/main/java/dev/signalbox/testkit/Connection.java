package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection of a scripted server: a thread that reads all the time, so that it sees the client leave at once, and a
 * thread that answers.
 */
final class Connection {

    private static final int PIPELINED = 64;

    private final int number;
    private final Socket socket;
    private final ScriptedServer server;
    private final BlockingQueue<Optional<ReceivedRequest>> arrived = new LinkedBlockingQueue<>(PIPELINED);

    private final ReentrantLock lock = new ReentrantLock();
    private Optional<ReceivedRequest> current = Optional.empty(); // guarded by lock
    private boolean gone; // guarded by lock
    private long quietSince = System.nanoTime(); // guarded by lock

    Connection(int number, Socket socket, ScriptedServer server) {
        this.number = number;
        this.socket = socket;
        this.server = server;
    }

    /** The reading thread's work. */
    void read() {
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            RequestReader reader = new RequestReader(in, number, this::sendContinue);
            for (int first = firstByte(in); first >= 0; first = firstByte(in)) {
                arrived.put(Optional.of(reader.rest(first)));
            }
        } catch (RequestReader.Malformed malformed) {
            server.journal().problem(malformed.problem());
            close();
        } catch (IOException ended) {
            // broken by the client or closed by the server: either way there is nothing more to read
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
            finish();
        }
    }

    /** The answering thread's work. */
    void answer() {
        try {
            boolean open = true;
            while (open) {
                Optional<ReceivedRequest> next = arrived.take();
                open = next.isPresent() && answer(next.get());
            }
        } catch (IOException broken) {
            leave();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Closes it; nothing happens the second time. */
    void close() {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // there is nothing left to close
        }
    }

    void closeIfIdle() {
        if (isQuiet() && arrived.isEmpty()) {
            close();
        }
    }

    /** True if the connection stays open. */
    private boolean answer(ReceivedRequest request) throws IOException, InterruptedException {
        begin(request);
        Reply reply = server.replyTo(request);
        boolean counted = reply.generates() && request.method().equals("POST");
        if (counted) {
            server.tally().enter();
        }
        try {
            new ReplyWriter(socket.getOutputStream(), reply, request, server.stopped()).write();
            return end(reply, request);
        } catch (ReplyWriter.Over over) {
            return false;
        } finally {
            settle();
            if (counted) {
                server.tally().leave();
            }
            reply.over();
        }
    }

    private boolean end(Reply reply, ReceivedRequest request) throws IOException {
        switch (reply.ending()) {
            case STALL -> ReplyWriter.either(request.left(), server.stopped()).join();
            case HALF_CLOSE -> socket.shutdownOutput();
            case RESET -> socket.setSoLinger(true, 0);
            case COMPLETE, CLOSE, TRUNCATE -> {}
        }
        request.answered(); // whoever sees the connection end now: it was the server that left
        return reply.ending() == Ending.HALF_CLOSE
                || (reply.ending() == Ending.COMPLETE && reply.keepsAlive() && !wantsClose(request));
    }

    private static boolean wantsClose(ReceivedRequest request) {
        return request.version().equals("HTTP/1.0")
                || request.headers("connection").stream().anyMatch("close"::equalsIgnoreCase);
    }

    private void begin(ReceivedRequest request) {
        lock.lock();
        try {
            current = Optional.of(request);
            if (gone) {
                noteThatClientLeft(request);
            }
        } finally {
            lock.unlock();
        }
        server.journal().add(request);
    }

    private void settle() {
        lock.lock();
        try {
            current = Optional.empty();
            quietSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            gone = true;
            current.ifPresent(this::noteThatClientLeft);
        } finally {
            lock.unlock();
        }
    }

    private void noteThatClientLeft(ReceivedRequest request) {
        if (!server.stopped().isDone() && request.gone()) {
            server.journal().clientLeft();
        }
    }

    private boolean isQuiet() {
        lock.lock();
        try {
            return current.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The first byte of the next request, or -1 if there is none: the client went or the server found it idle. */
    private int firstByte(InputStream in) throws IOException {
        while (true) {
            try {
                socket.setSoTimeout((int) server.idleLimit().toMillis());
                int first = in.read();
                socket.setSoTimeout(0);
                return first;
            } catch (SocketTimeoutException nothingCame) {
                if (idleForTooLong()) {
                    return -1;
                }
            }
        }
    }

    private boolean idleForTooLong() {
        lock.lock();
        try {
            long quiet = System.nanoTime() - quietSince;
            return current.isEmpty()
                    && arrived.isEmpty()
                    && quiet >= server.idleLimit().toNanos();
        } finally {
            lock.unlock();
        }
    }

    private void sendContinue() throws IOException {
        socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
    }

    /** Lets the answering thread come to its end after what has arrived. */
    private void finish() {
        if (!arrived.offer(Optional.empty())) {
            close();
        }
    }
}
