package dev.signalbox.backend.http.transport;

import static dev.signalbox.backend.http.transport.HttpTransportContract.get;
import static dev.signalbox.backend.http.transport.HttpTransportContract.soon;
import static dev.signalbox.backend.http.transport.HttpTransportContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections are used again, and what happens when one turns out to be dead. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class KeptConnectionsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final HttpTransport transport = new SocketTransport(TransportOptions.standard());

    @AfterEach
    void close() {
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n0\r\n\r\n",
            })
    void a_connection_is_not_used_again(String reply) throws Exception {
        try (Peer peer = Peer.keeping(reply)) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            }
            assertThat(peer.connections()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK,
                "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=100\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nKeep-Alive: nonsense\r\nContent-Length: 2\r\n\r\nok",
            })
    void a_connection_is_used_again(String reply) throws Exception {
        try (Peer peer = Peer.keeping(reply)) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_that_nobody_asked_for_is_never_an_answer() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        AtomicInteger lines = new AtomicInteger();
        try (Peer peer = Peer.of(line -> {
            boolean first = lines.incrementAndGet() == 1;
            line.request();
            line.send(OK);
            if (first) {
                read.await();
                line.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                sent.countDown();
            }
            line.left();
        })) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            read.countDown();
            sent.await();
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_kept_connection_that_dies_under_a_request_is_replaced_once() throws Exception {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        AtomicInteger lines = new AtomicInteger();
        try (Peer peer = Peer.of(line -> {
            int number = lines.incrementAndGet();
            line.request();
            line.send(OK);
            if (number == 1) {
                bodies.add(line.request()); // and then closes without a word
                return;
            }
            line.left();
        })) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(text(transport.send(post(peer)))).isEqualTo("ok");
            assertThat(bodies).singleElement().asString().endsWith("{}");
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_kept_connection_that_is_reset_under_a_request_is_replaced_once() throws Exception {
        AtomicInteger lines = new AtomicInteger();
        try (Peer peer = Peer.of(line -> {
            int number = lines.incrementAndGet();
            line.request();
            line.send(OK);
            line.request();
            if (number == 1) {
                line.reset();
                return;
            }
            line.send(OK);
        })) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(text(transport.send(post(peer)))).isEqualTo("ok");
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_new_connection_is_never_replaced() throws Exception {
        AtomicInteger lines = new AtomicInteger();
        try (Peer peer = Peer.of(line -> {
            line.request();
            if (lines.incrementAndGet() == 1) {
                line.send(OK);
                line.request();
            }
        })) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(Later.reasonOf(() -> transport.send(post(peer)))).isEqualTo(Reason.NO_REPLY);
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_reply_that_has_begun_is_not_asked_for_again() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(OK);
            line.request();
            line.send("H");
        })) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(Later.reasonOf(() -> transport.send(post(peer)))).isEqualTo(Reason.TRUNCATED);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_reply_that_has_begun_is_not_asked_for_again_after_a_reset_either() throws Exception {
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(OK);
            line.request();
            line.send("HTTP/1.1 2");
            Thread.sleep(100); // so that the client has read it; a reset that comes sooner is no reply at all
            line.reset();
        })) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            assertThat(Later.reasonOf(() -> transport.send(post(peer)))).isEqualTo(Reason.RESET);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_large_request_over_a_dead_connection_is_sent_again_whole() throws Exception {
        byte[] bytes = Bytes.some(2_000_000);
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        AtomicInteger lines = new AtomicInteger();
        try (Peer peer = Peer.of(line -> {
            if (lines.incrementAndGet() == 1) {
                line.request();
                line.send(OK);
                line.head();
                line.reset();
                return;
            }
            seen.add(line.request().length());
            line.send(OK);
        })) {
            assertThat(text(transport.send(get(peer.uri())))).isEqualTo("ok");
            HttpCall call = HttpCall.post(peer.uri(), Headers.none(), Body.of(bytes), soon());
            assertThat(text(transport.send(call))).isEqualTo("ok");
            assertThat(seen)
                    .singleElement()
                    .satisfies(length -> assertThat(length).isGreaterThan(2_000_000));
        }
    }

    @Test
    void the_youngest_connection_is_used_first() throws Exception {
        Queue<Integer> served = new ConcurrentLinkedQueue<>();
        AtomicInteger lines = new AtomicInteger();
        try (Peer peer = Peer.of(line -> {
            int number = lines.incrementAndGet();
            while (!line.request().isEmpty()) {
                served.add(number);
                line.send(OK);
            }
        })) {
            HttpReply first = transport.send(get(peer.uri()));
            HttpReply second = transport.send(get(peer.uri()));
            text(first);
            text(second);
            text(transport.send(get(peer.uri())));
            text(transport.send(get(peer.uri())));
            assertThat(served).containsExactly(1, 2, 2, 2);
        }
    }

    @Test
    void no_more_than_the_wanted_number_is_kept() throws Exception {
        Semaphore left = new Semaphore(0);
        try (HttpTransport two = new SocketTransport(TransportOptions.standard().idleCount(2));
                Peer peer = Peer.of(line -> {
                    line.request();
                    line.send(OK);
                    line.left();
                    left.release();
                })) {
            List<HttpReply> replies = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                replies.add(two.send(get(peer.uri())));
            }
            for (HttpReply reply : replies) {
                text(reply);
            }
            assertThat(left.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
            assertThat(left.tryAcquire()).isFalse();
        }
    }

    @Test
    void an_idle_connection_is_closed_at_its_age_without_anybody_asking() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (HttpTransport brief =
                        new SocketTransport(TransportOptions.standard().idleAge(Duration.ofMillis(50)));
                Peer peer = Peer.of(line -> {
                    line.request();
                    line.send(OK);
                    line.left();
                    left.countDown();
                })) {
            text(brief.send(get(peer.uri())));
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closing_the_transport_closes_what_is_idle() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (Peer peer = Peer.of(line -> {
            line.request();
            line.send(OK);
            line.left();
            left.countDown();
        })) {
            text(transport.send(get(peer.uri())));
            transport.close();
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void without_keeping_it_says_so_and_keeps_nothing() throws Exception {
        Queue<String> heads = new ConcurrentLinkedQueue<>();
        try (HttpTransport none =
                        new SocketTransport(TransportOptions.standard().idleAge(Duration.ZERO));
                Peer peer = Peer.of(line -> {
                    heads.add(line.request());
                    line.send(OK);
                    line.left();
                })) {
            text(none.send(get(peer.uri())));
            text(none.send(get(peer.uri())));
            assertThat(heads).hasSize(2).allSatisfy(head -> assertThat(head).contains("\r\nConnection: close\r\n"));
            assertThat(peer.connections()).isEqualTo(2);
        }
    }

    @Test
    void servers_that_close_what_is_idle_never_fail_a_request() throws Exception {
        try (Peer peer = Peer.of(line -> {
            while (!line.request().isEmpty()) {
                line.send(OK);
                line.socket().setSoTimeout(2); // now a little earlier than the next request, now a little later
            }
        })) {
            for (int i = 0; i < 300; i++) {
                assertThat(text(transport.send(post(peer)))).isEqualTo("ok");
                Thread.sleep(i % 5);
            }
            assertThat(peer.connections()).isGreaterThan(1);
        }
    }

    private static HttpCall post(Peer peer) {
        return HttpCall.post(peer.uri(), Headers.none(), Body.of("{}"), soon());
    }
}
