package dev.signalbox.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A reply whose bytes, pauses and breaks a test has put on tape. Each chunk is what one read gets at most. */
final class Tape implements BackendReply {

    /** What one read comes upon. */
    private interface Step {
        /** The bytes there are now; none to go on to the next step. */
        byte[] play() throws IOException;
    }

    private static final byte[] NOTHING = new byte[0];

    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private final List<String> headers = new ArrayList<>();
    private byte[] left = NOTHING; // the reader's
    private boolean deaf;

    private Tape(String type) {
        headers.addAll(List.of("Content-Type", type));
    }

    /** Server-sent events. */
    static Tape sse(String... chunks) {
        return of("text/event-stream", chunks);
    }

    /** JSON lines. */
    static Tape lines(String... chunks) {
        return of("application/x-ndjson", chunks);
    }

    /** A document. */
    static Tape json(String... chunks) {
        return of("application/json", chunks);
    }

    static Tape of(String type, String... chunks) {
        Tape tape = new Tape(type);
        for (String chunk : chunks) {
            tape.then(chunk);
        }
        return tape;
    }

    Tape then(String chunk) {
        return then(chunk.getBytes(UTF_8));
    }

    Tape then(byte[] chunk) {
        steps.add(() -> chunk);
        return this;
    }

    Tape header(String name, String value) {
        headers.addAll(List.of(name, value));
        return this;
    }

    /** Waits for it, or until it is closed. */
    Tape await(CompletableFuture<?> event) {
        steps.add(() -> {
            played.complete(null);
            if (deaf) {
                Deaf.until(event);
            } else {
                CompletableFuture.anyOf(event, closed).join();
            }
            return NOTHING;
        });
        return this;
    }

    /** Says nothing more and does not end. */
    Tape stalls() {
        return await(new CompletableFuture<>());
    }

    /** Says that without end; each time something happens before. */
    Tape repeats(String chunk, Runnable before) {
        steps.add(() -> {
            before.run();
            repeats(chunk, before);
            return chunk.getBytes(UTF_8);
        });
        return this;
    }

    /** Does not hear that it is closed while it waits; only an interrupt gets it out. */
    Tape deaf() {
        deaf = true;
        return this;
    }

    Tape breaks(FailureKind kind, String message) {
        steps.add(() -> {
            throw new BackendFailure(new BackendException(kind, message));
        });
        return this;
    }

    Tape throwing(RuntimeException bug) {
        steps.add(() -> {
            throw bug;
        });
        return this;
    }

    /** Completes when it is closed. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Completes when the reader has come to a pause. */
    CompletableFuture<Void> paused() {
        return played;
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public Headers headers() {
        return Headers.of(headers.toArray(String[]::new));
    }

    @Override
    public InputStream body() {
        return new Player();
    }

    @Override
    public void close() {
        closed.complete(null);
    }

    private final class Player extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (left.length == 0) {
                if (closed.isDone()) {
                    throw new BackendFailure(new BackendException(FailureKind.UNREACHABLE, "the reply was closed"));
                }
                Step step = steps.poll();
                if (step == null) {
                    return -1;
                }
                left = step.play();
            }
            int count = Math.min(length, left.length);
            System.arraycopy(left, 0, into, offset, count);
            left = java.util.Arrays.copyOfRange(left, count, left.length);
            return count;
        }
    }
}
