package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server, a backend that talks to it, and what the promises of a backend have in common. */
@Timeout(120) // a backend that hangs fails its test, not the build
abstract class BackendFixture {

    /** Within this time a generation has ended, a blocked thread is free. */
    static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** How long a test waits for what comes sooner or later; never reached by a backend that is right. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A time-out that is waited for. */
    static final Duration SOON = Duration.ofMillis(300);

    /** What the backend talks to. */
    protected final ScriptedServer server = ScriptedServer.start();

    /** What is tested. */
    protected Backend backend;

    @BeforeEach
    void makeBackend() {
        backend = backendFor(server.uri());
    }

    @AfterEach
    void endAll() {
        backend.close();
        server.close();
    }

    /** Makes a backend that talks to this server, with a key if {@link #key} tells one. */
    protected abstract Backend backendFor(URI server);

    /** The secret that {@link #backendFor} gives the backend; empty if it has none. */
    protected String key() {
        return "";
    }

    /** The dialect in which the backend is asked where any will do. */
    protected Dialect dialect() {
        return backend.dialects().stream()
                .min(Comparator.<Dialect, Boolean>comparing(one -> !one.equals(Dialect.OPENAI_CHAT))
                        .thenComparing(Dialect::id))
                .orElseThrow();
    }

    final BackendCall call() {
        return Calls.of(dialect(), "test-model", false);
    }

    final BackendCall streamed() {
        return Calls.of(dialect(), "test-model", true);
    }

    final BackendException failure(BackendCall call) {
        return failure(backend, call);
    }

    /** What the exchange throws; fails if it throws nothing or anything else. */
    static BackendException failure(Backend backend, BackendCall call) {
        BackendException failure = catchThrowableOfType(
                BackendException.class, () -> backend.exchange(call).close());
        assertThat(failure).as("what the exchange throws").isNotNull();
        return failure;
    }

    final byte[] read(BackendCall call) throws BackendException, InterruptedException, IOException {
        try (BackendReply reply = backend.exchange(call)) {
            return reply.body().readAllBytes();
        }
    }

    static BackendCall soon(BackendCall call) {
        return call.withDeadline(Deadline.after(SOON));
    }
}
