package dev.signalbox.server;

import static org.awaitility.Awaitility.await;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** An answer whose bytes come when a test says so. */
public final class FakeAnswer implements RoutedResponse {

    private static final byte[] END = {};
    private static final Duration A_BUSY_MACHINE = Duration.ofSeconds(60);

    private final BlockingQueue<Object> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final boolean streamed;
    private volatile boolean waitedFor;
    private Headers headers;

    private FakeAnswer(boolean streamed, String contentType) {
        this.streamed = streamed;
        this.headers = Headers.of("Content-Type", contentType, "X-Signalbox-Target", "gpu/qwen3");
    }

    /** A stream of server-sent events. */
    public static FakeAnswer events() {
        return new FakeAnswer(true, "text/event-stream");
    }

    /** A stream of lines. */
    public static FakeAnswer lines() {
        return new FakeAnswer(true, "application/x-ndjson");
    }

    /** The whole of an answer in JSON. */
    public static FakeAnswer json(String body) {
        return new FakeAnswer(false, "application/json").sends(body).ends();
    }

    /** An answer in JSON of which nothing has come. */
    public static FakeAnswer json() {
        return new FakeAnswer(false, "application/json");
    }

    public FakeAnswer header(String name, String value) {
        headers = headers.with(name, value);
        return this;
    }

    public FakeAnswer sends(String text) {
        pieces.add(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public FakeAnswer ends() {
        pieces.add(END);
        return this;
    }

    public FakeAnswer breaks(Exception failure) {
        pieces.add(failure);
        return this;
    }

    /** Waits until somebody waits for more: whatever came before is with its client. */
    public FakeAnswer untilWaitedFor() {
        await().atMost(A_BUSY_MACHINE).until(() -> waitedFor && pieces.isEmpty());
        return this;
    }

    /** Done when somebody has closed it. */
    public CompletableFuture<Void> closed() {
        return closed;
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_CHAT;
    }

    @Override
    public boolean streamed() {
        return streamed;
    }

    @Override
    public Target target() {
        return Target.of("gpu/qwen3");
    }

    @Override
    public InputStream body() {
        return new InputStream() {
            private byte[] now = {};
            private int at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (at == now.length && !next()) {
                    return -1;
                }
                int count = Math.min(length, now.length - at);
                System.arraycopy(now, at, bytes, offset, count);
                at += count;
                return count;
            }

            private boolean next() throws IOException {
                try {
                    waitedFor = true;
                    Object piece = pieces.take();
                    waitedFor = false;
                    if (piece instanceof byte[] bytes) {
                        now = bytes;
                        at = 0;
                        return bytes != END;
                    }
                    if (piece instanceof RuntimeException failure) {
                        throw failure;
                    }
                    throw (IOException) piece;
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    throw new IOException(stop);
                }
            }
        };
    }

    @Override
    public Iterable<AnswerFrame> frames() {
        return List.of();
    }

    @Override
    public String text() {
        return "";
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.empty();
    }

    @Override
    public RouteTrace trace() {
        return FakeRouting.trace();
    }

    @Override
    public void close() {
        closed.complete(null);
        pieces.add(new IOException("closed"));
    }
}
