package dev.signalbox.backend.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.ClosedPort;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedMlx;
import dev.signalbox.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Silence is work, or nobody is there any more: what a probe makes of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlxSilenceTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** How long a probe waits for an answer that does not come. */
    private static final Duration SOON = Duration.ofMillis(300);

    private final Gate gate = Gate.closed();
    private final TestContext context = TestContext.named("studio");

    @AfterEach
    void end() {
        gate.open();
    }

    @Test
    void an_omni_that_generates_is_busy_whoever_made_it() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.omni().generatingFor(gate);
                Backend backend = backend(mlx, "auto");
                Backend somebody = backend(mlx, "auto")) {
            assertThat(patientProbe(backend).state()).isEqualTo(BackendState.READY);
            BackendReply reply = somebody.exchange(Calls.chatStream(ScriptedMlx.MODEL));

            BackendStatus status = probe(backend);

            assertThat(status.state()).isEqualTo(BackendState.BUSY);
            assertThat(status.models()).as("what was listed stays").isEmpty();
            reply.close();
            assertThat(probe(backend).state()).as("it runs on").isEqualTo(BackendState.BUSY);
            gate.open();
            assertThat(patientProbe(backend).state()).isEqualTo(BackendState.READY);
        }
    }

    @Test
    void an_omni_that_was_busy_from_the_start_is_busy_if_it_is_said_to_be_one() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.omni().generatingFor(gate);
                Backend somebody = backend(mlx, "omni");
                Backend backend = backend(mlx, "omni");
                Backend guessing = backend(mlx, "auto");
                BackendReply reply = somebody.exchange(Calls.chatStream(ScriptedMlx.MODEL))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(probe(backend).state()).isEqualTo(BackendState.BUSY);
            assertThat(failure(guessing).kind()).isEqualTo(FailureKind.TIMED_OUT);
        }
    }

    @Test
    void a_vlm_that_loads_is_busy() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.vlm().loadingFor(gate);
                Backend backend = backend(mlx, "auto")) {
            assertThat(patientProbe(backend).state()).isEqualTo(BackendState.READY);
            BackendCall call = Calls.chat(ScriptedMlx.MODEL);
            CompletableFuture<Void> asked = ask(backend, call);
            assertThat(gate.reached()).succeedsWithin(LIMIT);

            assertThat(probe(backend).state()).isEqualTo(BackendState.BUSY);

            gate.open();
            assertThat(asked).succeedsWithin(LIMIT);
            assertThat(patientProbe(backend).state()).isEqualTo(BackendState.READY);
        }
    }

    @Test
    void an_lm_is_busy_while_we_are_asking_it_and_gone_if_we_are_not() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.lm().generatingFor(gate);
                Backend backend = backend(mlx, "auto")) {
            assertThat(patientProbe(backend).state()).isEqualTo(BackendState.READY);
            mlx.server().on("/health", Reply.stall());
            assertThat(failure(backend).kind()).isEqualTo(FailureKind.TIMED_OUT);

            try (BackendReply reply = backend.exchange(Calls.chatStream(ScriptedMlx.MODEL))) {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(probe(backend).state()).isEqualTo(BackendState.BUSY);
                gate.open();
                reply.body().readAllBytes();
                assertThat(failure(backend).kind()).as("the answer is complete").isEqualTo(FailureKind.TIMED_OUT);
            }
            assertThat(failure(backend).kind()).as("closed after its end").isEqualTo(FailureKind.TIMED_OUT);
        }
    }

    @Test
    void what_was_left_alone_may_go_on() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.lm().generatingFor(gate);
                Backend backend = backend(mlx, "auto")) {
            BackendCall call = Calls.chat(ScriptedMlx.MODEL);
            CompletableFuture<Void> asked = ask(backend, call);
            assertThat(gate.reached()).succeedsWithin(LIMIT);
            call.cancellation().cancel();
            assertThat(asked).failsWithin(LIMIT);
            mlx.server().on("/health", Reply.stall());

            assertThat(probe(backend).state()).isEqualTo(BackendState.BUSY);
        }
    }

    @Test
    void what_was_refused_does_not() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.lm();
                Backend backend = backend(mlx, "auto")) {
            mlx.refuses(404, "failed to load");
            assertThat(catchThrowableOfType(
                            BackendException.class, () -> backend.exchange(Calls.chat(ScriptedMlx.MODEL))))
                    .isNotNull();
            mlx.server().on("/health", Reply.stall());

            assertThat(failure(backend).kind()).isEqualTo(FailureKind.TIMED_OUT);
        }
    }

    @Test
    void nobody_who_listens_is_down_at_once_whatever_was_going_on() throws Exception {
        try (ClosedPort port = ClosedPort.reserve();
                Backend backend = Backends.at(port.uri(), "omni")) {
            assertThat(failure(backend).kind()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }

    /** Such as a Mac that sleeps. */
    @Test
    void who_does_not_even_let_us_in_is_not_at_work() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> queue = fill(deaf);
            URI address = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
            try (Backend backend = Backends.at(address, "omni")) {
                assertThat(failure(backend).kind()).isEqualTo(FailureKind.TIMED_OUT);
            }
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    /** Until it takes no connection any more. */
    private static List<Socket> fill(ServerSocket server) throws IOException {
        List<Socket> queue = new ArrayList<>();
        while (true) {
            Assumptions.assumeTrue(queue.size() < 50, "this system takes every connection");
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException full) {
                return queue;
            }
        }
    }

    @Test
    void nobody_works_for_ever() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.omni();
                Backend backend = backend(mlx, "omni")) {
            assertThat(patientProbe(backend).state()).isEqualTo(BackendState.READY);
            mlx.server().on("/v1/cache", Reply.stall());
            context.hands().advance(Duration.ofMinutes(59));
            assertThat(probe(backend).state()).isEqualTo(BackendState.BUSY);

            context.hands().advance(Duration.ofMinutes(2));

            assertThat(failure(backend).kind()).isEqualTo(FailureKind.TIMED_OUT);
        }
    }

    @Test
    void there_is_time_left_to_tell_before_the_deadline() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.omni();
                Backend backend = backend(mlx, "omni")) {
            mlx.server().on("/v1/cache", Reply.stall());
            Deadline deadline = Deadline.after(Duration.ofSeconds(2));

            assertThat(backend.probe(deadline).state()).isEqualTo(BackendState.BUSY);

            assertThat(deadline.expired()).isFalse();
        }
    }

    private Backend backend(ScriptedMlx mlx, String flavor) {
        return new MlxBackendFactory().create(Backends.config(mlx.uri(), flavor), context);
    }

    private static CompletableFuture<Void> ask(Backend backend, BackendCall call) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (BackendReply reply = backend.exchange(call)) {
                reply.body().readAllBytes();
                done.complete(null);
            } catch (Exception failed) {
                done.completeExceptionally(failed);
            }
        });
        return done;
    }

    private static BackendStatus probe(Backend backend) throws Exception {
        return backend.probe(Deadline.after(SOON));
    }

    private static BackendStatus patientProbe(Backend backend) throws Exception {
        return backend.probe(Deadline.after(LIMIT));
    }

    private static BackendException failure(Backend backend) {
        BackendException failure = catchThrowableOfType(BackendException.class, () -> probe(backend));
        assertThat(failure).as("what the probe throws").isNotNull();
        return failure;
    }
}
