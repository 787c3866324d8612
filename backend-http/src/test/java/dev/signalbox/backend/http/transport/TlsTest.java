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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is trusted, and what is said if somebody is not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class TlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    static Path folder;

    private static Path trust;
    private static Path stranger;
    private static Path good;
    private static Path expired;
    private static Path future;
    private static Path elsewhere;

    @BeforeAll
    static void make() throws Exception {
        Path authority = Certificates.authority(folder);
        trust = Certificates.pem(authority);
        good = Certificates.signed(authority, "good", "-ext", "san=ip:127.0.0.1,dns:localhost");
        expired = Certificates.signed(
                authority, "expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
        future = Certificates.signed(
                authority, "future", "-ext", "san=ip:127.0.0.1", "-startdate", "+10d", "-validity", "5");
        elsewhere = Certificates.signed(authority, "elsewhere", "-ext", "san=dns:elsewhere.example");
        stranger = Certificates.authority(Files.createDirectory(folder.resolve("stranger")));
    }

    @Test
    void a_certificate_of_the_trust_store_is_trusted_be_it_pem_or_a_key_store() throws Exception {
        try (Peer peer = peer(good)) {
            assertThat(ask(Tls.trusting(trust), peer.uri())).isEqualTo("ok");
            Path store = folder.resolve("authority.p12");
            assertThat(ask(Tls.trusting(store, Certificates.password()), peer.uri("localhost", "/")))
                    .isEqualTo("ok");
        }
    }

    @Test
    void an_unknown_authority_is_not_trusted() throws Exception {
        assertTrouble(good, Tls.system(), "not of an authority that is trusted");
        assertTrouble(good, Tls.trusting(Certificates.pem(stranger)), "not of an authority that is trusted");
    }

    @Test
    void an_expired_certificate_is_told_so() throws Exception {
        assertTrouble(expired, Tls.trusting(trust), "its certificate has expired (NotAfter: ");
    }

    @Test
    void a_certificate_of_the_future_is_told_so() throws Exception {
        assertTrouble(future, Tls.trusting(trust), "its certificate is not valid yet");
    }

    @Test
    void a_certificate_for_another_name_is_told_so() throws Exception {
        assertTrouble(elsewhere, Tls.trusting(trust), "its certificate is not for 127.0.0.1");
    }

    @Test
    void a_server_without_tls_is_told_so() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.in().read();
            line.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            line.left();
        })) {
            URI uri = URI.create("https://127.0.0.1:" + peer.port() + "/");
            assertThatThrownBy(() -> ask(Tls.insecure(), uri))
                    .hasMessageContaining("is it http:// instead of https://?");
        }
    }

    @Test
    void a_server_that_hangs_up_while_shaking_hands_is_told_so() throws Exception {
        try (Peer peer = Peer.of(line -> line.in().read(new byte[1000]))) {
            URI uri = URI.create("https://127.0.0.1:" + peer.port() + "/");
            assertThat(Later.reasonOf(() -> ask(Tls.insecure(), uri))).isEqualTo(Reason.TLS);
        }
    }

    @Test
    void insecure_trusts_anybody_under_any_name() throws Exception {
        for (Path store : Arrays.asList(good, expired, future, elsewhere)) {
            try (Peer peer = peer(store)) {
                assertThat(ask(Tls.insecure(), peer.uri())).isEqualTo("ok");
            }
        }
    }

    @Test
    void connections_are_kept_and_dead_ones_replaced() throws Exception {
        try (Peer peer = Peer.of(Certificates.listen(good), "https", line -> {
                    for (int i = 0; i < 3; i++) {
                        line.request();
                        line.send(OK);
                    }
                });
                HttpTransport transport = transport(Tls.insecure())) {
            for (int i = 0; i < 12; i++) {
                HttpCall call = HttpCall.post(peer.uri(), Headers.none(), Body.of(Bytes.some(50_000)), soon());
                assertThat(text(transport.send(call))).isEqualTo("ok");
            }
            assertThat(peer.connections()).isBetween(4, 5);
        }
    }

    @Test
    void what_is_left_over_within_the_encryption_is_no_answer() throws Exception {
        try (Peer peer = Peer.of(Certificates.listen(good), "https", line -> {
                    line.request();
                    line.send(OK + " ".repeat(9_000) + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                    line.left();
                });
                HttpTransport transport = transport(Tls.insecure())) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void the_name_of_the_host_and_the_protocol_are_told_to_the_server() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Peer peer = Peer.of(Certificates.listen(good), "https", line -> {
                    line.request();
                    SSLSocket socket = (SSLSocket) line.socket();
                    seen.add(socket.getSession().getProtocol() + " "
                            + ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames());
                    line.send(OK);
                });
                HttpTransport transport = transport(Tls.trusting(trust))) {
            URI dotted = peer.uri("localhost", "/");
            assertThat(text(transport.send(get(dotted)))).isEqualTo("ok");
            assertThat(seen.take()).startsWith("TLSv1.3 ");
        }
    }

    @Test
    void closing_a_reply_closes_the_socket_below() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (Peer peer = Peer.of(Certificates.listen(good), "https", line -> {
                    line.request();
                    line.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok");
                    line.left();
                    left.countDown();
                });
                HttpTransport transport = transport(Tls.insecure())) {
            HttpReply reply = transport.send(get(peer.uri()));
            assertThat(reply.body().readNBytes(2)).hasSize(2);
            Later<Integer> reading = Later.of(() -> reply.body().read());
            reading.awaitBlocked();
            reply.close();
            assertThat(reading.reason()).isEqualTo(Reason.CANCELLED);
            left.await();
        }
    }

    @Test
    void a_certificate_of_ours_is_shown_to_a_server_that_asks_for_it() throws Exception {
        Path mine = Certificates.signed(folder.resolve("authority.p12"), "mine");
        Tls silent = Tls.trusting(trust);
        try (Peer peer = Peer.of(Certificates.listenToKnown(good), "https", line -> {
            line.request();
            line.send(OK);
        })) {
            assertThat(ask(silent.presenting(mine, Certificates.password()), peer.uri()))
                    .isEqualTo("ok");
            assertThatThrownBy(() -> ask(silent, peer.uri())).isInstanceOf(TransportException.class);
        }
        assertThatThrownBy(() -> silent.presenting(trust, Certificates.password()))
                .hasMessageContaining("holds no key");
    }

    @Test
    void a_trust_store_that_holds_nothing_is_refused_when_it_is_read() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "nothing");
        assertThatThrownBy(() -> Tls.trusting(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> Tls.trusting(good, "wrong".toCharArray())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Tls.trusting(folder.resolve("none"))).isInstanceOf(IOException.class);
    }

    private static void assertTrouble(Path store, Tls tls, String words) throws Exception {
        try (Peer peer = peer(store)) {
            assertThatThrownBy(() -> ask(tls, peer.uri()))
                    .hasMessageStartingWith("https://127.0.0.1:" + peer.port() + ": ")
                    .hasMessageContaining(words)
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TLS));
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    private static String ask(Tls tls, URI uri) throws Exception {
        try (HttpTransport transport = transport(tls);
                HttpReply reply = transport.send(get(uri))) {
            return text(reply);
        }
    }

    private static HttpTransport transport(Tls tls) {
        return new SocketTransport(TransportOptions.standard().tls(tls));
    }

    private static Peer peer(Path store) throws Exception {
        return Peer.of(Certificates.listen(store), "https", line -> {
            while (!line.request().isEmpty()) {
                line.send(OK);
            }
        });
    }
}
