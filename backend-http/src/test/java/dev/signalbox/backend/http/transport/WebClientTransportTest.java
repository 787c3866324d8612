package dev.signalbox.backend.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebClientTransportTest extends HttpTransportContract {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Override
    HttpTransport transport(TransportOptions options) {
        return new WebClientTransport(options);
    }

    @Test
    void asks_a_proxy_for_the_whole_uri_and_leaves_the_name_to_it() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Peer proxy = Peer.of(line -> {
                    seen.add(line.request());
                    line.send(OK);
                });
                HttpTransport transport = new WebClientTransport(TransportOptions.standard(), proxy.uri());
                HttpReply reply = transport.send(get(URI.create("http://no-such-host.invalid:8080/v1/models?a=b")))) {
            assertThat(text(reply)).isEqualTo("ok");
            assertThat(seen.take())
                    .startsWith("GET http://no-such-host.invalid:8080/v1/models?a=b HTTP/1.1\r\n")
                    .contains("\r\nHost: no-such-host.invalid:8080\r\n");
        }
    }

    @Test
    void tunnels_through_a_proxy_and_checks_the_certificate_behind_it(@TempDir Path folder) throws Exception {
        Path authority = Certificates.authority(folder);
        Path store = Certificates.signed(authority, "good", "-ext", "san=dns:server.example");
        Tls trusting = Tls.trusting(Certificates.pem(authority));
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        try (Peer server = Peer.of(Certificates.listen(store), "https", line -> {
                    line.request();
                    line.send(OK);
                });
                Peer proxy = Peer.of(line -> tunnel(line, asked, server.port()));
                HttpTransport transport =
                        new WebClientTransport(TransportOptions.standard().tls(trusting), proxy.uri());
                HttpTransport distrusting = new WebClientTransport(TransportOptions.standard(), proxy.uri())) {
            assertThat(text(transport.send(get(URI.create("https://server.example/")))))
                    .isEqualTo("ok");
            assertThat(asked.take()).startsWith("CONNECT server.example:443 HTTP/1.1\r\n");
            assertThat(Later.reasonOf(() -> distrusting.send(get(URI.create("https://server.example/")))))
                    .isEqualTo(Reason.TLS);
            assertThatThrownBy(() -> transport.send(get(URI.create("https://other.example/"))))
                    .hasMessageContaining("its certificate is not for other.example");
        }
    }

    @Test
    void says_that_a_proxy_refuses() throws Exception {
        try (Peer proxy = Peer.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                HttpTransport transport = new WebClientTransport(TransportOptions.standard(), proxy.uri())) {
            assertThatThrownBy(() -> transport.send(get(URI.create("https://server.example/"))))
                    .hasMessageContaining("403")
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
        }
    }

    @Test
    void a_header_that_would_begin_another_is_not_sent() throws Exception {
        try (Peer peer = Peer.answering(OK);
                HttpTransport transport = transport(TransportOptions.standard())) {
            Headers headers = Headers.of(List.of(Map.entry("Authorization", "key\r\nX-Evil: 1")));
            assertThat(Later.reasonOf(() -> transport.send(get(peer.uri()).with(headers))))
                    .isEqualTo(Reason.REQUEST);
        }
    }

    @Test
    void a_body_that_is_not_as_long_as_it_said_fails() throws Exception {
        try (Peer peer = Peer.answering(OK);
                HttpTransport transport = transport(TransportOptions.standard())) {
            for (int written : new int[] {9, 11}) {
                HttpCall call = HttpCall.post(peer.uri(), Headers.none(), body(written), soon());
                assertThat(Later.reasonOf(() -> transport.send(call))).isEqualTo(Reason.REQUEST);
            }
        }
    }

    /** Says it has ten bytes. */
    private static Body body(int written) {
        Body bytes = Body.of(new byte[written]);
        return new Body() {
            @Override
            public long size() {
                return 10;
            }

            @Override
            public java.io.InputStream open() throws java.io.IOException {
                return bytes.open();
            }

            @Override
            public void writeTo(OutputStream out) throws java.io.IOException {
                bytes.writeTo(out);
            }
        };
    }

    private static void tunnel(Line line, BlockingQueue<String> asked, int port) throws Exception {
        asked.add(line.head());
        line.send("HTTP/1.1 200 Connection Established\r\n\r\n");
        try (Socket behind = new Socket("127.0.0.1", port)) {
            Thread.ofVirtual().start(() -> {
                try {
                    behind.getInputStream().transferTo(line.socket().getOutputStream());
                    line.socket().close();
                } catch (java.io.IOException over) {
                    // the test is over
                }
            });
            line.in().transferTo(behind.getOutputStream());
        }
    }
}
