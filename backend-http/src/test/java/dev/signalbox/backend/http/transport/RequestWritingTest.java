package dev.signalbox.backend.http.transport;

import static dev.signalbox.backend.http.transport.HttpTransportContract.get;
import static dev.signalbox.backend.http.transport.HttpTransportContract.soon;
import static dev.signalbox.backend.http.transport.HttpTransportContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what never does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class RequestWritingTest {

    private static final String ECHO = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";

    private final HttpTransport transport = new SocketTransport(TransportOptions.standard());

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void a_request_is_just_this() throws Exception {
        try (Peer peer = echo()) {
            HttpCall call = HttpCall.post(
                    peer.uri("127.0.0.1", "/a%20b?c=d#e"), Headers.of("X-A", "1", "x-a", "é"), Body.of("{}"), soon());
            assertThat(text(transport.send(call)))
                    .isEqualTo("POST /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:" + peer.port()
                            + "\r\nX-A: 1\r\nx-a: \uFFFD\r\nContent-Length: 2\r\n\r\n{}");
        }
    }

    @Test
    void an_empty_post_says_that_it_is_empty_and_a_get_says_nothing() throws Exception {
        try (Peer peer = echo()) {
            HttpCall post = HttpCall.post(peer.uri(), Headers.none(), Body.of(""), soon());
            assertThat(text(transport.send(post))).endsWith("\r\nContent-Length: 0\r\n\r\n");
            assertThat(text(transport.send(get(peer.uri())))).doesNotContain("Content-Length");
        }
    }

    @ParameterizedTest
    @CsvSource({"'',/", "'?a=b',/?a=b", "'/é?ü',/%C3%A9?%C3%BC", "'/v1/models/a%2Fb:c',/v1/models/a%2Fb:c"})
    void the_path_is_sent_as_it_is_but_printable(String path, String sent) throws Exception {
        try (Peer peer = echo()) {
            assertThat(text(transport.send(get(peer.uri("127.0.0.1", path)))))
                    .startsWith("GET " + sent + " HTTP/1.1\r\n");
        }
    }

    @Test
    void a_caller_may_give_the_host_line_itself() throws Exception {
        try (Peer peer = echo()) {
            String seen = text(transport.send(get(peer.uri()).with(Headers.of("Host", "localhost"))));
            assertThat(seen).contains("\r\nHost: localhost\r\n").doesNotContain("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length", "transfer-encoding", "Connection", "Expect", "Upgrade", "TE", "Keep-Alive"})
    void headers_of_the_connection_are_not_a_callers(String header) {
        HttpCall call = get(URI.create("http://127.0.0.1:1/"));
        assertThatThrownBy(() -> call.with(Headers.of(header, "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key\r\nX-Evil: 1", "key\n", "key\r", "a\u0000b", "key\u2028", "\u007f"})
    void a_header_that_would_begin_another_is_not_sent_and_not_shown(String value) throws Exception {
        Headers headers = Headers.of(List.of(Map.entry("Authorization", value)));
        try (Peer peer = echo()) {
            assertThatThrownBy(() -> transport.send(get(peer.uri()).with(headers)))
                    .hasMessageContaining("the header Authorization holds a character that cannot be sent")
                    .hasMessageNotContaining("key")
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.REQUEST));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 11, 40_000})
    void a_body_that_is_not_as_long_as_it_said_fails(int written) throws Exception {
        try (Peer peer = echo()) {
            HttpCall call =
                    HttpCall.post(peer.uri(), Headers.none(), body(10, out -> out.write(new byte[written])), soon());
            assertThat(Later.reasonOf(() -> transport.send(call))).isEqualTo(Reason.REQUEST);
        }
    }

    @Test
    void a_body_that_cannot_be_read_fails_and_is_not_tried_again() throws Exception {
        try (Peer peer = Peer.keeping("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            transport.send(get(peer.uri())).close();
            HttpCall call = HttpCall.post(
                    peer.uri(),
                    Headers.none(),
                    body(10, out -> {
                        throw new IOException("the file is gone");
                    }),
                    soon());
            assertThatThrownBy(() -> transport.send(call))
                    .hasMessageContaining("the file is gone")
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.REQUEST));
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_that_comes_before_the_request_is_out_is_an_answer() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.head();
            line.send("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 9\r\n\r\ntoo large");
            line.in().readNBytes(100_000); // of far more: closing now resets the connection
        })) {
            HttpCall call = HttpCall.post(peer.uri(), Headers.none(), Body.of(new byte[30_000_000]), soon());
            try (HttpReply reply = transport.send(call)) {
                assertThat(reply.status()).isEqualTo(413);
                assertThat(text(reply)).isEqualTo("too large");
            }
        }
    }

    @Test
    void every_address_of_a_host_is_tried() throws Exception {
        try (Peer peer = echo()) {
            assertThat(InetAddress.getLoopbackAddress().isLoopbackAddress()).isTrue();
            assertThat(text(transport.send(get(peer.uri("localhost", "/"))))).contains("\r\nHost: localhost:");
        }
    }

    @Test
    void a_host_may_have_an_underscore_in_its_name() {
        assertThat(Origin.of(URI.create("http://my_host:8080/v1"))).isEqualTo(new Origin(false, "my_host", 8080));
        assertThat(Origin.of(URI.create("https://[::1]/"))).isEqualTo(new Origin(true, "[::1]", 443));
        assertThat(Origin.of(URI.create("HTTP://Host:80"))).hasToString("http://host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "ftp://host/",
                "http:host",
                "http://user:secret@host/",
                "http://host:0/",
                "http://host:70000/"
            })
    void what_is_no_address_of_a_server_is_refused_without_showing_it(String uri) {
        assertThatThrownBy(() -> transport.send(get(URI.create(uri))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static Body body(long size, Writing writing) {
        return new Body() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                writing.to(out);
            }
        };
    }

    /** Answers with what it got. */
    private static Peer echo() throws IOException {
        return Peer.of(line -> {
            String request = line.request();
            line.send(ECHO + request);
        });
    }
}
