package dev.signalbox.backend.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call ends when it is cancelled and when its time is up, whatever it is doing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class EndingTest {

    /** A server that lets a call come as far as a certain phase and no further. */
    interface Stuck {
        Server start() throws Exception;
    }

    interface Server extends AutoCloseable {
        URI uri();

        @Override
        void close() throws Exception;
    }

    private final HttpTransport transport =
            new SocketTransport(TransportOptions.standard().tls(Tls.insecure()));

    @AfterEach
    void close() {
        transport.close();
    }

    static Stream<Named<Stuck>> phases() {
        return Stream.of(
                Named.of("connecting", EndingTest::deaf),
                Named.of(
                        "shaking hands",
                        () -> peer(line -> line.socket().getInputStream().readNBytes(1_000_000), "https")),
                Named.of("shaking hands slowly", () -> peer(EndingTest::trickleHandshake, "https")),
                Named.of("sending", () -> peer(line -> Thread.sleep(Duration.ofMinutes(1)), "http")),
                Named.of("waiting", () -> peer(Line::left, "http")),
                Named.of("reading a head that trickles", () -> peer(EndingTest::trickleHead, "http")),
                Named.of("reading", () -> peer(EndingTest::stall, "http")),
                Named.of("reading chunks that trickle", () -> peer(EndingTest::trickleChunks, "http")));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void cancelling_ends_a_call_while(Stuck stuck) throws Exception {
        try (Server server = stuck.start()) {
            Cancellation cancellation = Cancellation.create();
            Later<byte[]> call = Later.of(() -> whole(call(server.uri(), Deadline.never(), cancellation)));
            call.awaitBlocked();
            cancellation.cancel();
            assertThat(call.reason()).isEqualTo(Reason.CANCELLED);
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void the_deadline_ends_a_call_while(Stuck stuck) throws Exception {
        try (Server server = stuck.start()) {
            Deadline deadline = Deadline.after(Duration.ofMillis(150));
            Reason reason = Later.reasonOf(() -> whole(call(server.uri(), deadline, Cancellation.create())));
            assertThat(reason).isEqualTo(Reason.TIMED_OUT);
            assertThat(deadline.expired()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void interrupting_ends_a_call_while(Stuck stuck) throws Exception {
        try (Server server = stuck.start()) {
            Later<byte[]> call = Later.of(() -> whole(call(server.uri(), Deadline.never(), Cancellation.create())));
            call.awaitBlocked();
            call.thread().interrupt();
            assertThat(call.failure()).isInstanceOfAny(InterruptedException.class, TransportException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void closing_the_transport_ends_a_call_while(Stuck stuck) throws Exception {
        try (Server server = stuck.start()) {
            Later<byte[]> call = Later.of(() -> whole(call(server.uri(), Deadline.never(), Cancellation.create())));
            call.awaitBlocked();
            transport.close();
            assertThat(call.reason()).isEqualTo(Reason.CANCELLED);
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void a_platform_thread_is_freed_as_well_while(Stuck stuck) throws Exception {
        try (Server server = stuck.start()) {
            Cancellation cancellation = Cancellation.create();
            Later<byte[]> call = Later.onPlatformThread(
                    () -> whole(call(server.uri(), Deadline.after(Duration.ofMillis(300)), cancellation)));
            assertThat(call.reason()).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void silence_behind_a_connection_is_told_from_no_connection() throws Exception {
        try (Server deaf = deaf();
                Server silent = peer(Line::left, "http")) {
            assertThat(connected(deaf)).isFalse();
            assertThat(connected(silent)).isTrue();
        }
    }

    private boolean connected(Server server) {
        Deadline soon = Deadline.after(Duration.ofMillis(300));
        TransportException late = catchThrowableOfType(
                TransportException.class, () -> whole(call(server.uri(), soon, Cancellation.create())));
        assertThat(late.reason()).isEqualTo(Reason.TIMED_OUT);
        return late.connected();
    }

    @Test
    void connecting_has_a_limit_of_its_own() throws Exception {
        try (HttpTransport hasty =
                        new SocketTransport(TransportOptions.standard().connectLimit(Duration.ofMillis(100)));
                Server server = deaf()) {
            assertThatThrownBy(() -> hasty.send(HttpCall.get(server.uri(), Deadline.never())))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.CONNECT_TIMED_OUT));
        }
    }

    @Test
    void shaking_hands_is_part_of_connecting() throws Exception {
        TransportOptions options =
                TransportOptions.standard().tls(Tls.insecure()).connectLimit(Duration.ofMillis(100));
        try (HttpTransport hasty = new SocketTransport(options);
                Server server = peer(EndingTest::trickleHandshake, "https")) {
            assertThat(Later.reasonOf(() -> hasty.send(HttpCall.get(server.uri(), Deadline.never()))))
                    .isEqualTo(Reason.CONNECT_TIMED_OUT);
        }
    }

    @Test
    void the_connect_limit_is_over_when_the_connection_is_there() throws Exception {
        Watch watch = new Watch();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch muchLater = new CountDownLatch(1);
        try (HttpTransport patient = new SocketTransport(TransportOptions.standard(), watch);
                Peer peer = Peer.of(line -> {
                    line.request();
                    asked.countDown();
                    muchLater.await();
                    line.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                })) {
            Later<HttpReply> call = Later.of(() -> patient.send(HttpCall.get(peer.uri(), Deadline.never())));
            asked.await();
            watch.look(System.nanoTime() + Duration.ofHours(1).toNanos());
            muchLater.countDown();
            assertThat(call.value().status()).isEqualTo(200);
        }
    }

    @Test
    void a_reader_that_is_interrupted_keeps_its_interrupt() throws Exception {
        try (Server server = peer(EndingTest::stall, "http")) {
            HttpReply reply = transport.send(HttpCall.get(server.uri(), Deadline.never()));
            Later<Boolean> reading = Later.of(() -> {
                Reason reason = Later.reasonOf(() -> reply.body().readAllBytes());
                assertThat(reason).isEqualTo(Reason.CANCELLED);
                return Thread.currentThread().isInterrupted();
            });
            reading.awaitBlocked();
            reading.thread().interrupt();
            assertThat(reading.value()).isTrue();
        }
    }

    @Test
    void what_was_ended_stays_ended() throws Exception {
        try (Server server = peer(EndingTest::stall, "http")) {
            HttpReply reply = transport.send(HttpCall.get(server.uri(), Deadline.never()));
            assertThat(reply.body().read()).isEqualTo('h');
            reply.close();
            reply.close();
            assertThat(reply.body().available()).isZero();
            assertThat(Later.reasonOf(() -> reply.body().read())).isEqualTo(Reason.CANCELLED);
            assertThat(Later.reasonOf(() -> reply.body().read())).isEqualTo(Reason.CANCELLED);
        }
    }

    private byte[] whole(HttpCall call) throws Exception {
        try (HttpReply reply = transport.send(call)) {
            return reply.body().readAllBytes();
        }
    }

    /** So large that it does not fit into the buffers between two sockets. */
    private static HttpCall call(URI uri, Deadline deadline, Cancellation cancellation) {
        Body large = Body.of(new byte[30_000_000]);
        return HttpCall.post(uri, Headers.none(), large, deadline).endedBy(cancellation);
    }

    private static void stall(Line line) throws Exception {
        line.request();
        line.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        line.left();
    }

    private static void trickleHead(Line line) throws Exception {
        line.request();
        line.send("HTTP/1.1 200 OK\r\nX: ");
        line.drip("x".repeat(8_000));
        line.left();
    }

    private static void trickleChunks(Line line) throws Exception {
        line.request();
        line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true) {
            line.drip("1\r\nx\r\n");
        }
    }

    /** A record that says it has 16,000 bytes, and then has all the time of the world. */
    private static void trickleHandshake(Line line) throws Exception {
        line.send("\u0016\u0003\u0003\u003e\u0080\u0002");
        line.drip("\u0000".repeat(15_000));
        line.left();
    }

    private static Server deaf() throws Exception {
        DeafPort port = new DeafPort();
        return server(port.uri(), port);
    }

    private static Server peer(Peer.Script script, String scheme) throws Exception {
        Peer peer = Peer.of(script);
        return server(URI.create(scheme + "://127.0.0.1:" + peer.port() + "/"), peer);
    }

    private static Server server(URI uri, AutoCloseable closes) {
        return new Server() {
            @Override
            public URI uri() {
                return uri;
            }

            @Override
            public void close() throws Exception {
                closes.close();
            }
        };
    }
}
