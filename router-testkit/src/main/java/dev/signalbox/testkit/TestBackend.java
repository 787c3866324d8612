package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A backend without a server, to prove an engine: it answers in the dialect {@code openai.chat} what a test tells it, and
 * counts what was not closed. Any thread may use it and change it.
 */
public final class TestBackend implements Backend {

    /** How a call is answered. */
    @FunctionalInterface
    public interface Exchange {
        /** The reply, or what there is instead of one. */
        BackendReply answer(BackendCall call) throws BackendException, InterruptedException;
    }

    private final List<BackendCall> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Exchange exchange;
    private volatile Set<Dialect> dialects = Set.of(Dialect.OPENAI_CHAT);
    private volatile BackendStatus status = BackendStatus.ready(List.of(ModelInfo.named("test-model")));
    private volatile boolean closed;

    private TestBackend(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Answers this to everybody, streamed or not as is asked for. */
    public static TestBackend saying(String... words) {
        return new TestBackend(call -> reply(call, Answer.saying(words)));
    }

    /** From now on answers like this. */
    public TestBackend answering(Exchange how) {
        exchange = how;
        return this;
    }

    /** From now on fails like this. */
    public TestBackend failing(FailureKind kind, String message) {
        return answering(call -> {
            throw new BackendException(kind, message);
        });
    }

    /** From now on speaks these dialects; it answers others than {@code openai.chat} only as it is told. */
    public TestBackend speaking(Dialect... others) {
        dialects = Set.of(others);
        return this;
    }

    /** From now on lists these models. */
    public TestBackend listing(String... models) {
        return probed(
                BackendStatus.ready(Stream.of(models).map(ModelInfo::named).toList()));
    }

    /** From now on a probe sees this. */
    public TestBackend probed(BackendStatus seen) {
        status = seen;
        return this;
    }

    /** A good reply to a call in the dialect {@code openai.chat}. */
    public static BackendReply reply(BackendCall call, Answer answer) {
        Said said = new Said(answer, call.model(), "chatcmpl-1", true);
        ChatManner manner = new ChatManner();
        return call.streamed()
                ? reply("text/event-stream", stream(manner.events(said)))
                : reply("application/json", manner.whole(said));
    }

    /** A reply of that text. */
    public static BackendReply reply(String contentType, String body) {
        return BackendReply.of(
                200, Headers.of("content-type", contentType), new ByteArrayInputStream(body.getBytes(UTF_8)));
    }

    @Override
    public Set<Dialect> dialects() {
        return dialects;
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
        calls.add(call);
        BackendReply reply = exchange.answer(call);
        open.incrementAndGet();
        AtomicBoolean counted = new AtomicBoolean(true);
        InputStream body = new FilterInputStream(reply.body()) {
            @Override
            public void close() throws IOException {
                if (counted.compareAndSet(true, false)) {
                    open.decrementAndGet();
                }
                reply.close();
            }
        };
        return BackendReply.of(reply.status(), reply.headers(), body);
    }

    @Override
    public BackendStatus probe(dev.signalbox.api.Deadline deadline) {
        return status;
    }

    @Override
    public Optional<String> host() {
        return Optional.of("test-host");
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The calls so far. */
    public List<BackendCall> calls() {
        return List.copyOf(calls);
    }

    /** How many replies were not closed. */
    public int open() {
        return open.get();
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    private static String stream(List<String> events) {
        return Stream.concat(events.stream(), Stream.of("[DONE]"))
                .map(Frame::data)
                .map(frame -> new String(frame.raw(), UTF_8))
                .collect(Collectors.joining());
    }
}
