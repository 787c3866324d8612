package dev.signalbox.backend.http.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What both transports promise. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
abstract class HttpTransportContract {

    private final HttpTransport transport = transport(TransportOptions.standard());

    abstract HttpTransport transport(TransportOptions options);

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void sends_method_path_headers_and_body() throws Exception {
        BlockingQueue<String> seen = new ArrayBlockingQueue<>(1);
        try (Peer peer = Peer.of(line -> {
            seen.add(line.request());
            line.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            HttpCall call = HttpCall.post(
                    peer.uri("127.0.0.1", "/v1/a%2Fb:c?x=1&y=%20"),
                    Headers.of("X-Team", "home"),
                    Body.of("{\"a\":\"ü\"}"),
                    soon());
            transport.send(call).close();
            assertThat(seen.take())
                    .startsWith("POST /v1/a%2Fb:c?x=1&y=%20 HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nHost: 127.0.0.1:" + peer.port() + "\r\n")
                    .containsIgnoringCase("\r\nX-Team: home\r\n")
                    .containsIgnoringCase("\r\nContent-Length: 10\r\n")
                    .doesNotContainIgnoringCase("transfer-encoding")
                    .doesNotContainIgnoringCase("expect")
                    .doesNotContainIgnoringCase("accept-encoding")
                    .doesNotContainIgnoringCase("upgrade")
                    .endsWith("\r\n\r\n" + new String("{\"a\":\"ü\"}".getBytes(UTF_8), ISO_8859_1));
        }
    }

    @Test
    void sends_a_large_body_of_many_pieces_whole() throws Exception {
        BlockingQueue<Integer> seen = new ArrayBlockingQueue<>(1);
        try (Peer peer = Peer.of(line -> {
            String request = line.request();
            seen.add(request.substring(request.indexOf("\r\n\r\n") + 4).hashCode());
            line.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            byte[] bytes = Bytes.some(3_000_001);
            transport
                    .send(HttpCall.post(peer.uri(), Headers.none(), pieces(bytes), soon()))
                    .close();
            assertThat(seen.take()).isEqualTo(new String(bytes, ISO_8859_1).hashCode());
        }
    }

    @Test
    void sends_a_body_from_a_file(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("body"), Bytes.some(200_000));
        BlockingQueue<Integer> seen = new ArrayBlockingQueue<>(1);
        try (Peer peer = Peer.of(line -> {
            String request = line.request();
            seen.add(request.substring(request.indexOf("\r\n\r\n") + 4).hashCode());
            line.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            transport
                    .send(HttpCall.post(peer.uri(), Headers.none(), fromFile(file), soon()))
                    .close();
            assertThat(seen.take()).isEqualTo(new String(Files.readAllBytes(file), ISO_8859_1).hashCode());
        }
    }

    @Test
    void returns_status_headers_and_body() throws Exception {
        try (Peer peer = Peer.answering(
                "HTTP/1.1 429 Slow Down\r\nRetry-After: 7\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 4\r\n\r\nwait")) {
            try (HttpReply reply = transport.send(get(peer.uri()))) {
                assertThat(reply.status()).isEqualTo(429);
                assertThat(reply.headers().first("retry-after")).contains("7");
                assertThat(reply.headers().all("x-a")).containsExactly("1", "2");
                assertThat(text(reply)).isEqualTo("wait");
            }
        }
    }

    @Test
    void asks_for_http_where_a_server_does_not_shake_hands() throws Exception {
        try (Peer plain = Peer.of(line -> {
                    line.hello();
                    line.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                    line.left();
                });
                Peer silent = Peer.of(line -> {
                    line.hello();
                    line.halfClose();
                    line.left();
                })) {
            for (Peer each : new Peer[] {plain, silent}) {
                URI address = URI.create(each.uri().toString().replace("http:", "https:"));
                assertThatThrownBy(() -> transport.send(get(address)))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("is it http:// instead of https://?")
                        .extracting(trouble -> ((TransportException) trouble).reason())
                        .isEqualTo(Reason.TLS);
            }
        }
    }

    @Test
    void does_not_follow_redirects() throws Exception {
        try (Peer peer =
                Peer.answering("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")) {
            try (HttpReply reply = transport.send(get(peer.uri()))) {
                assertThat(reply.status()).isEqualTo(302);
            }
        }
    }

    @Test
    void reads_chunks() throws Exception {
        try (Peer peer = Peer.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA\r\n, big worl\r\n1\r\nd\r\n0\r\n\r\n")) {
            try (HttpReply reply = transport.send(get(peer.uri()))) {
                assertThat(text(reply)).isEqualTo("hello, big world");
            }
        }
    }

    @Test
    void reads_to_the_close_of_a_connection_of_http_1_0() throws Exception {
        try (Peer peer =
                Peer.answering("HTTP/1.0 200 OK\r\nContent-type: application/json\r\n\r\n{\"status\": \"ok\"}")) {
            try (HttpReply reply = transport.send(get(peer.uri()))) {
                assertThat(text(reply)).isEqualTo("{\"status\": \"ok\"}");
            }
        }
    }

    @Test
    void a_head_request_has_no_body_whatever_its_length() throws Exception {
        try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")) {
            HttpCall get = get(peer.uri());
            HttpCall head =
                    new HttpCall("HEAD", get.uri(), get.headers(), get.body(), get.deadline(), get.cancellation());
            try (HttpReply reply = transport.send(head)) {
                assertThat(text(reply)).isEmpty();
            }
        }
    }

    @Test
    void a_204_has_no_body() throws Exception {
        try (Peer peer = Peer.keeping("HTTP/1.1 204 No Content\r\n\r\n")) {
            for (int i = 0; i < 3; i++) {
                try (HttpReply reply = transport.send(get(peer.uri()))) {
                    assertThat(reply.status()).isEqualTo(204);
                    assertThat(text(reply)).isEmpty();
                }
            }
        }
    }

    @Test
    void hands_over_what_is_there_as_soon_as_it_is_there() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ndata: 1\r\n");
            read.await();
            line.send("7\r\ndata: 2\r\n0\r\n\r\n");
        })) {
            try (HttpReply reply = transport.send(get(peer.uri()))) {
                byte[] buffer = new byte[8192];
                int count = reply.body().read(buffer);
                assertThat(new String(buffer, 0, count, UTF_8)).isEqualTo("data: 1");
                read.countDown();
                assertThat(text(reply)).isEqualTo("data: 2");
            }
        }
    }

    @Test
    void uses_a_connection_again_when_its_reply_was_read() throws Exception {
        try (Peer peer = Peer.keeping("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            for (int i = 0; i < 20; i++) {
                try (HttpReply reply = transport.send(get(peer.uri()))) {
                    assertThat(text(reply)).isEqualTo("ok");
                }
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void closing_a_reply_ends_it_at_the_server() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ndata: 1\r\n");
            line.left();
            left.countDown();
        })) {
            transport.send(get(peer.uri())).close();
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closing_a_reply_frees_its_reader() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ndata: 1\r\n");
            line.left();
        })) {
            HttpReply reply = transport.send(get(peer.uri()));
            reply.body().readNBytes(7);
            Later<Integer> reading = Later.of(() -> reply.body().read());
            reading.awaitBlocked();
            reply.close();
            assertThat(reading.failure()).isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void cancelling_frees_whoever_waits_for_the_head() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            asked.countDown();
            line.left();
            left.countDown();
        })) {
            Cancellation cancellation = Cancellation.create();
            Later<HttpReply> sending =
                    Later.of(() -> transport.send(get(peer.uri()).endedBy(cancellation)));
            asked.await();
            cancellation.cancel();
            assertThat(sending.reason()).isEqualTo(Reason.CANCELLED);
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_cancelled_call_is_not_sent() throws Exception {
        try (Peer peer = Peer.keeping("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            Cancellation cancellation = Cancellation.create();
            cancellation.cancel();
            assertThat(reason(get(peer.uri()).endedBy(cancellation))).isEqualTo(Reason.CANCELLED);
        }
    }

    @Test
    void cancelling_after_the_end_leaves_the_kept_connection_alone() throws Exception {
        try (Peer peer = Peer.keeping("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            Cancellation cancellation = Cancellation.create();
            HttpReply reply = transport.send(get(peer.uri()).endedBy(cancellation));
            assertThat(text(reply)).isEqualTo("ok");
            cancellation.cancel();
            reply.close();
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void interrupting_ends_the_call() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            asked.countDown();
            line.left();
            left.countDown();
        })) {
            Later<HttpReply> sending = Later.of(() -> transport.send(get(peer.uri())));
            asked.await();
            sending.thread().interrupt();
            assertThat(sending.failure()).isInstanceOf(InterruptedException.class);
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void the_deadline_ends_the_waiting_for_the_head() throws Exception {
        try (Peer peer = Peer.of(Line::left)) {
            assertThat(reason(HttpCall.get(peer.uri(), Deadline.after(Duration.ofMillis(200)))))
                    .isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void the_deadline_ends_the_reading_of_the_body() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
            line.left();
        })) {
            HttpReply reply = transport.send(HttpCall.get(peer.uri(), Deadline.after(Duration.ofMillis(500))));
            assertThatThrownBy(() -> reply.body().readAllBytes())
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
        }
    }

    @Test
    void a_past_deadline_sends_nothing() throws Exception {
        try (Peer peer = Peer.keeping("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(reason(HttpCall.get(peer.uri(), Deadline.after(Duration.ZERO))))
                    .isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void says_that_a_connection_is_refused() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThatThrownBy(() -> transport.send(get(URI.create("http://127.0.0.1:" + port + "/"))))
                .hasMessageContaining("127.0.0.1:" + port)
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    }

    @Test
    void says_that_a_name_is_unknown() {
        assertThat(reason(get(URI.create("http://no-such-host.invalid/")))).isEqualTo(Reason.UNKNOWN_HOST);
    }

    @Test
    void says_that_nothing_came() throws Exception {
        try (Peer peer = Peer.of(Line::request)) {
            assertThat(reason(get(peer.uri()))).isEqualTo(Reason.NO_REPLY);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void says_that_a_body_is_shorter_than_its_length() throws Exception {
        try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")) {
            assertThat(bodyReason(peer)).isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void says_that_the_last_chunk_is_missing() throws Exception {
        try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n")) {
            assertThat(bodyReason(peer)).isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void what_is_not_http_is_malformed() throws Exception {
        try (Peer peer = Peer.answering("SSH-2.0-OpenSSH_9.6\r\n")) {
            assertThat(reason(get(peer.uri()))).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void closing_the_transport_ends_what_is_in_flight() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            asked.countDown();
            line.left();
        })) {
            Later<HttpReply> sending = Later.of(() -> transport.send(get(peer.uri())));
            asked.await();
            transport.close();
            assertThat(sending.reason()).isEqualTo(Reason.CANCELLED);
            assertThat(reason(get(peer.uri()))).isEqualTo(Reason.CANCELLED);
        }
    }

    @Test
    void a_stale_connection_is_not_noticed_by_whoever_calls() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=5, max=100\r\n\r\nok");
        })) {
            for (int i = 0; i < 300; i++) {
                HttpCall call = HttpCall.post(peer.uri(), Headers.none(), Body.of("{\"n\":%d}".formatted(i)), soon());
                try (HttpReply reply = transport.send(call)) {
                    assertThat(text(reply)).isEqualTo("ok");
                }
            }
        }
    }

    final Reason reason(HttpCall call) {
        return Later.reasonOf(() -> transport.send(call));
    }

    final Reason bodyReason(Peer peer) throws Exception {
        try (HttpReply reply = transport.send(get(peer.uri()))) {
            return Later.reasonOf(() -> reply.body().readAllBytes());
        }
    }

    static HttpCall get(URI uri) {
        return HttpCall.get(uri, soon());
    }

    /** Far away enough never to come in a test that works. */
    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    static String text(HttpReply reply) throws Exception {
        return new String(reply.body().readAllBytes(), UTF_8);
    }

    private static Body pieces(byte[] bytes) {
        return new Body() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new java.io.ByteArrayInputStream(bytes);
            }

            @Override
            public void writeTo(OutputStream out) throws java.io.IOException {
                int at = 0;
                for (int piece = 1; at < bytes.length; piece = piece * 3 + 1) {
                    int count = Math.min(piece, bytes.length - at);
                    out.write(bytes, at, count);
                    at += count;
                }
            }
        };
    }

    private static Body fromFile(Path file) throws java.io.IOException {
        long size = Files.size(file);
        return new Body() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws java.io.IOException {
                return Files.newInputStream(file);
            }

            @Override
            public void writeTo(OutputStream out) throws java.io.IOException {
                Files.copy(file, out);
            }
        };
    }
}
