package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The load generator and the mock upstream, first against each other, then each against somebody who misbehaves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Upstream upstream;
    private Contender direct;

    @BeforeEach
    void start() throws IOException {
        upstream = Upstream.start(0);
        direct = Contender.direct(upstream);
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 64_000, 1_000_000})
    void requests_of_every_size_are_answered(int size) throws Exception {
        Load.Result result = once(direct, new ChatRequest(size, Script.plain(1_000)), 8);
        assertThat(result.failures()).as(result.firstFailure()).isZero();
        assertThat(result.latency().count()).isEqualTo(8);
    }

    @Test
    void a_connection_is_used_again_and_again() throws Exception {
        try (Load load = new Load(direct, new ChatRequest(1_000, Script.plain(1_000)), true)) {
            load.record(true);
            load.connect(4);
            await().atMost(PATIENCE).until(() -> load.result().latency().count() > 400);
            assertThat(load.finish(PATIENCE)).isTrue();
            assertThat(load.failures()).as(load.result().firstFailure()).isZero();
        }
    }

    @Test
    void a_burst_brings_every_chunk() throws Exception {
        Load.Result result = once(direct, new ChatRequest(1_000, Script.stream(2_000, Duration.ZERO)), 8);
        assertThat(result.failures()).as(result.firstFailure()).isZero();
        assertThat(result.lateness().count()).isEqualTo(16_000);
    }

    @Test
    void a_slow_stream_keeps_its_pace() throws Exception {
        Duration every = Duration.ofMillis(20);
        Load.Result result = once(direct, new ChatRequest(1_000, Script.stream(10, every)), 8);
        assertThat(result.failures()).as(result.firstFailure()).isZero();
        assertThat(result.lateness().count()).isEqualTo(80);
        assertThat(result.latency().percentile(1)).isGreaterThan(every.toNanos() * 9);
    }

    @Test
    void silence_lasts_as_long_as_was_asked_for() throws Exception {
        Script silent = Script.plain(1_000).after(Duration.ofMillis(100));
        Load.Result result = once(direct, new ChatRequest(1_000, silent), 1);
        assertThat(result.failures()).as(result.firstFailure()).isZero();
        assertThat(result.latency().highest()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void the_upstream_sees_a_client_leave() throws Exception {
        Bed bed = new Bed(upstream, Timing.quick(), Optional.empty());
        Script stream = Script.stream(100, Duration.ofMillis(20));
        assertThat(new Departure("in mid-stream", stream, 2).take(bed, direct)).isPositive();
        Script silent = Script.plain(1_000).after(Duration.ofMinutes(1));
        assertThat(new Departure("in silence", silent, 0).take(bed, direct)).isPositive();
        assertThat(upstream.abandoned()).isEqualTo(2);
    }

    @Test
    void the_upstream_lists_its_model() throws Exception {
        assertThat(ask("GET /v1/models HTTP/1.1\r\nHost: here\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("\"id\":\"bench\"");
    }

    @Test
    void the_upstream_does_not_know_everything() throws Exception {
        assertThat(ask("GET /else HTTP/1.1\r\nHost: here\r\n\r\n")).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                ""
            })
    void a_wrong_reply_is_counted_as_a_failure(String reply) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> replyToAll(server, reply));
            Contender wrong = new Contender(
                    "wrong", (InetSocketAddress) server.getLocalSocketAddress(), "/", Optional.empty(), () -> {});
            Load.Result result = once(wrong, new ChatRequest(1_000, Script.plain(1_000)), 2);
            assertThat(result.failures()).isEqualTo(2);
            assertThat(result.firstFailure()).isNotEmpty();
            assertThat(result.latency().count()).isZero();
        }
    }

    @Test
    void gives_up_where_nothing_works() throws Exception {
        Contender nobody = new Contender(
                "nobody",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Ready.freePort()),
                "/",
                Optional.empty(),
                () -> {});
        try (Load load = new Load(nobody, new ChatRequest(1_000, Script.plain(1_000)), true)) {
            load.connect(3);
            await().atMost(PATIENCE).until(() -> load.open() == 0);
            assertThat(load.failures()).isEqualTo(3);
        }
    }

    private static Load.Result once(Contender contender, ChatRequest request, int connections) throws Exception {
        try (Load load = new Load(contender, request, false)) {
            load.record(true);
            load.connect(connections);
            assertThat(load.finish(PATIENCE)).isTrue();
            return load.result();
        }
    }

    private String ask(String request) throws IOException {
        try (Socket socket =
                new Socket(upstream.address().getAddress(), upstream.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void replyToAll(ServerSocket server, String reply) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                in.readNBytes(1_000);
                socket.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                in.readAllBytes();
            } catch (IOException e) {
                // the client may close first
            }
        }
    }
}
