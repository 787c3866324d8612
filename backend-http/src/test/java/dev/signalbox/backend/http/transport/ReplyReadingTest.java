package dev.signalbox.backend.http.transport;

import static dev.signalbox.backend.http.transport.HttpTransportContract.get;
import static dev.signalbox.backend.http.transport.HttpTransportContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How strictly replies are read. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ReplyReadingTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private final HttpTransport transport = new SocketTransport(TransportOptions.standard());

    @AfterEach
    void close() {
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n",
                OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n",
                OK + "Content-Length: 2, 2\r\n\r\n",
                OK + "Content-Length: +2\r\n\r\n",
                OK + "Content-Length: -2\r\n\r\n",
                OK + "Content-Length: 0x2\r\n\r\n",
                OK + "Content-Length:\r\n\r\n",
                OK + "Content-Length: 9999999999999999999\r\n\r\n",
                OK + "Transfer-Encoding: gzip, chunked\r\n\r\n",
                OK + "Transfer-Encoding: identity\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                OK + "Transfer-Encoding: chunked, identity\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                OK + "X: a\r\n folded\r\n\r\n",
                OK + "X: a\r\n\tfolded\r\n\r\n",
                OK + " X: a\r\n\r\n",
                OK + "X : a\r\n\r\n",
                OK + ": a\r\n\r\n",
                OK + "no colon\r\n\r\n",
                OK + "X\u0000: a\r\n\r\n",
                OK + "X: a\u0000b\r\n\r\n",
                OK + "X: a\rb\r\n\r\n",
                OK + "X: a\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.2 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 600 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "{\"error\":\"not HTTP\"}\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
            })
    void a_head_that_could_mean_two_things_is_malformed(String reply) throws Exception {
        try (Peer peer = Peer.answering(reply)) {
            assertThat(Later.reasonOf(() -> transport.send(get(peer.uri())))).isEqualTo(Reason.MALFORMED);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g\r\nhello\r\n0\r\n\r\n",
                "\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "5 5\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello!\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "7fffffffffffffff\r\nhello",
                "ffffffffffffffff\r\nhello",
                "10000000000000005\r\nhello\r\n0\r\n\r\n",
                "0000000000000000000005\r\nhello\r\n0\r\n\r\n",
            })
    void a_chunk_of_unclear_size_is_malformed(String body) throws Exception {
        try (Peer peer = Peer.answering(CHUNKED + body)) {
            HttpReply reply = transport.send(get(peer.uri()));
            assertThat(Later.reasonOf(() -> reply.body().readAllBytes())).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void what_came_before_the_trouble_is_handed_over_and_the_trouble_stays() throws Exception {
        try (Peer peer = Peer.answering(CHUNKED + "5\r\nhello\r\nnonsense\r\n")) {
            HttpReply reply = transport.send(get(peer.uri()));
            assertThat(reply.body().readNBytes(5)).asString().isEqualTo("hello");
            assertThat(Later.reasonOf(() -> reply.body().read())).isEqualTo(Reason.MALFORMED);
            assertThat(Later.reasonOf(() -> reply.body().read())).isEqualTo(Reason.MALFORMED);
        }
    }

    static Stream<List<String>> acceptable() {
        return Stream.of(
                List.of(OK + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok", "ok"),
                List.of("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", "ok"),
                List.of("HTTP/1.1 200 \r\ncontent-length:2\r\n\r\nok", "ok"),
                List.of(OK + "CONTENT-LENGTH: \t 2 \t \r\n\r\nok", "ok"),
                List.of(OK + "X:\r\nX-Y: \u00e9\r\nContent-Length: 2\r\n\r\nok", "ok"),
                List.of(OK + "Transfer-Encoding: Chunked\r\n\r\n2 \t\r\nok\r\n000\r\n\r\n", "ok"),
                List.of(CHUNKED + "2;a=\"b;c\"\r\nok\r\n0;last\r\nX: 1\r\nY: 2\r\n\r\n", "ok"),
                List.of(CHUNKED + "0\r\n\r\n", ""),
                List.of(
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + "\r\nok",
                        "ok"),
                List.of("HTTP/1.0 200 OK\r\n\r\n", ""),
                List.of("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok and more", "ok"));
    }

    @ParameterizedTest
    @MethodSource("acceptable")
    void what_can_mean_only_one_thing_is_read(List<String> replyAndBody) throws Exception {
        try (Peer peer = Peer.answering(replyAndBody.get(0));
                HttpReply reply = transport.send(get(peer.uri()))) {
            assertThat(text(reply)).isEqualTo(replyAndBody.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 ", OK + "X: ", OK, CHUNKED + "5;"})
    void a_line_without_end_is_given_up(String start) throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(start);
            endless(line, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        })) {
            assertThat(sendAndRead(peer)).isEqualTo(Reason.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: 1\r\n", "A-Header: of-some-length-so-that-bytes-count-before-lines\r\n"})
    void headers_without_end_are_given_up(String header) throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(OK);
            endless(line, header);
        })) {
            assertThat(sendAndRead(peer)).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void interim_replies_without_end_are_given_up() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            endless(line, "HTTP/1.1 102 Processing\r\n\r\n");
        })) {
            assertThat(sendAndRead(peer)).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void trailers_without_end_are_given_up() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(CHUNKED + "0\r\n");
            endless(line, "X: 1\r\n");
        })) {
            assertThat(sendAndRead(peer)).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void a_large_head_is_read() throws Exception {
        String value = "v".repeat(8_000);
        try (Peer peer = Peer.answering(OK + ("X-Large: " + value + "\r\n").repeat(8) + "Content-Length: 2\r\n\r\nok");
                HttpReply reply = transport.send(get(peer.uri()))) {
            assertThat(reply.headers().all("x-large")).hasSize(8).containsOnly(value);
            assertThat(text(reply)).isEqualTo("ok");
        }
    }

    @Test
    void joins_chunks_only_if_they_have_arrived() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(CHUNKED + "2\r\nab\r\n3\r\ncde\r\n4\r\nfg");
            read.await();
            line.send("hi\r\n0\r\n\r\n");
        })) {
            HttpReply reply = transport.send(get(peer.uri()));
            byte[] buffer = new byte[100];
            int count = reply.body().readNBytes(buffer, 0, 1);
            count += reply.body().read(buffer, count, 99);
            assertThat(new String(buffer, 0, count, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("abcdefg");
            assertThat(reply.body().available()).isZero();
            read.countDown();
            assertThat(text(reply)).isEqualTo("hi");
        }
    }

    @Test
    void available_counts_no_framing() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(CHUNKED + "5\r\nhello\r\n");
            read.await();
        })) {
            HttpReply reply = transport.send(get(peer.uri()));
            assertThat(reply.body().read()).isEqualTo('h');
            assertThat(reply.body().available()).isEqualTo(4);
            assertThat(reply.body().readNBytes(4)).asString().isEqualTo("ello");
            assertThat(reply.body().available()).isZero();
            read.countDown();
        }
    }

    @Test
    void a_reset_within_a_body_is_told() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(OK + "Content-Length: 9\r\n\r\n12345");
            read.await();
            line.reset();
        })) {
            HttpReply reply = transport.send(get(peer.uri()));
            assertThat(reply.body().readNBytes(5)).hasSize(5);
            read.countDown();
            assertThatThrownBy(() -> reply.body().read())
                    .hasMessageStartingWith("http://127.0.0.1:" + peer.port() + ": the connection broke")
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.RESET));
        }
    }

    @Test
    void a_head_that_breaks_off_is_truncated() throws Exception {
        try (Peer peer = Peer.answering(OK + "Content-Le")) {
            assertThat(sendAndRead(peer)).isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void reads_from_a_server_that_says_no_more_but_still_listens() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send("HTTP/1.0 200 OK\r\n\r\nbye");
            line.halfClose();
            line.left();
        })) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("bye");
        }
    }

    private Reason sendAndRead(Peer peer) {
        return Later.reasonOf(() -> transport.send(get(peer.uri())).body().readAllBytes());
    }

    private static void endless(Line line, String text) throws IOException {
        while (true) {
            line.send(text);
        }
    }

    @Test
    void asks_for_https_where_a_server_answers_with_an_alert_of_tls() throws Exception {
        for (String alert : new String[] {"\u0015\u0003\u0001\0\2\2F", "\u0015\u0003\u0003\0\2\2P\n"}) {
            try (Peer peer = Peer.answering(alert)) {
                assertThatThrownBy(() -> transport.send(get(peer.uri())))
                        .isInstanceOf(TransportException.class)
                        .hasMessage(
                                "http://127.0.0.1:%d: it speaks TLS; is it https:// instead of http://?", peer.port())
                        .extracting(trouble -> ((TransportException) trouble).reason())
                        .isEqualTo(Reason.TLS);
            }
        }
    }
}
