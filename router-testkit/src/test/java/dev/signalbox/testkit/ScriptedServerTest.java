package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void remembers_a_request_to_the_byte() throws Exception {
        server.replies(200, "{}");
        try (RawClient client = new RawClient(server)) {
            client.send(
                            "POST /v1/chat?x=1 HTTP/1.1\r\nHost: a\r\nX-Odd:  b \r\nx-odd: c\r\ncontent-length: 3\r\n\r\nabc")
                    .until("{}");
        }

        ReceivedRequest request = server.request(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/chat?x=1");
        assertThat(request.path()).isEqualTo("/v1/chat");
        assertThat(request.headers()).contains(Map.entry("X-Odd", "b"), Map.entry("x-odd", "c"));
        assertThat(request.headers("X-ODD")).containsExactly("b", "c");
        assertThat(request.text()).isEqualTo("abc");
    }

    @Test
    void puts_a_chunked_request_together() throws Exception {
        server.replies(200, "{}");
        try (RawClient client = new RawClient(server)) {
            client.send(
                            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x=1\r\nab\r\n1\r\nc\r\n0\r\nT: 1\r\n\r\n")
                    .until("{}");
        }

        assertThat(server.request(0).text()).isEqualTo("abc");
    }

    @Test
    void tells_a_client_that_asks_for_it_to_send_the_body() throws Exception {
        server.replies(200, "{}");
        try (RawClient client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
                    .until("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("a").until("{}")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void answers_by_rule_before_the_queue_and_by_the_newest_rule_first() throws Exception {
        server.on("/a", Reply.text(200, "old"))
                .on("/a", Reply.text(200, "first"), Reply.text(200, "then"))
                .replies(Reply.text(200, "queued"));

        assertThat(List.of(ask("/a"), ask("/b"), ask("/a"), ask("/a")))
                .containsExactly("first", "queued", "then", "then");
    }

    @Test
    void says_so_when_nothing_is_scripted() throws Exception {
        assertThat(ask("/odd")).contains("Nothing is scripted for POST /odd");
        server.otherwise(request -> Reply.text(200, "anything"));
        assertThat(ask("/odd")).isEqualTo("anything");
    }

    @Test
    void numbers_connections_and_keeps_them_open() throws Exception {
        server.otherwise(request -> Reply.json(200, "{}"));
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/", "1")).until("{}");
            client.send(RawClient.post("/", "2")).until("{}");
        }
        RawClient.post(server, "/", "3");

        assertThat(server.requests()).extracting(ReceivedRequest::connection).containsExactly(1, 1, 2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void counts_generations_that_run_at_once() throws Exception {
        Gate gate = Gate.closed();
        server.otherwise(request -> Reply.events("1").pause(gate).chunk("data: 2\n\n"));
        try (RawClient one = new RawClient(server);
                RawClient two = new RawClient(server)) {
            one.send(RawClient.post("/", "")).until("data: 1");
            two.send(RawClient.post("/", "")).until("data: 1");
            assertThat(server.running()).isEqualTo(2);
            gate.open();
            one.until("0\r\n\r\n");
            two.until("0\r\n\r\n");
        }
        assertThat(server.mostAtOnce()).isEqualTo(2);
        assertThat(server.generations()).isEqualTo(2);
    }

    @Test
    void counts_neither_questions_nor_what_is_said_to_be_no_generation() throws Exception {
        server.replies(Reply.text(200, "a").thenCloses())
                .replies(Reply.text(200, "b").noGeneration().thenCloses());
        try (RawClient client = new RawClient(server)) {
            client.send("GET / HTTP/1.1\r\n\r\n").all();
        }
        RawClient.post(server, "/", "");

        assertThat(server.generations()).isZero();
    }

    @Test
    void sees_at_once_that_a_client_left() throws Exception {
        server.repliesThenStalls(200, "data: 1\n\n");
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/", "")).until("data: 1");
            assertThat(server.clientLeft()).isNotDone();
        }

        assertThat(server.clientLeft()).succeedsWithin(LIMIT);
        assertThat(server.request(0).clientLeft()).succeedsWithin(LIMIT);
    }

    @Test
    void sees_that_a_client_left_before_the_head() throws Exception {
        Gate gate = Gate.closed();
        server.replies(Reply.json(200, "{}").headWaitsFor(gate));
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/", ""));
            assertThat(gate.reached()).succeedsWithin(LIMIT);
        }

        assertThat(server.clientLeft()).succeedsWithin(LIMIT);
    }

    @Test
    void does_not_call_a_client_gone_that_has_its_whole_reply() throws Exception {
        server.replies(200, "{}").replies(Reply.text(200, "x").thenTruncates()).replies(Reply.hangUp());
        RawClient.post(server, "/", "");
        RawClient.post(server, "/", "");
        RawClient.post(server, "/", "");
        server.close();

        assertThat(server.clientLeft()).isNotDone();
    }

    @Test
    void a_runtime_that_runs_on_is_still_counted_after_the_client_left() throws Exception {
        Gate gate = Gate.closed();
        server.replies(Reply.json(200, "{}").headWaitsFor(gate).runsOn());
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/", ""));
            assertThat(gate.reached()).succeedsWithin(LIMIT);
        }

        assertThat(server.clientLeft()).succeedsWithin(LIMIT);
        assertThat(server.running()).isEqualTo(1);
        gate.open();
    }

    @Test
    void refuses_connections_and_takes_them_again() throws Exception {
        server.stopListening();
        assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);

        server.listenAgain();
        server.replies(200, "{}");
        assertThat(RawClient.post(server, "/", "")).contains("200");
    }

    @Test
    void a_reserved_port_refuses_connections() {
        try (ClosedPort closed = ClosedPort.reserve()) {
            assertThatThrownBy(
                            () -> new java.net.Socket("127.0.0.1", closed.uri().getPort()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void closes_idle_connections_when_told_to() throws Exception {
        server.replies(200, "{}");
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/", "")).until("{}");
            while (server.running() > 0) {
                Thread.onSpinWait();
            }
            server.closeIdleConnections();
            assertThat(client.all()).isEmpty();
        }
    }

    @Test
    void closes_connections_that_were_idle_for_too_long_but_none_that_waits_for_its_reply() throws Exception {
        Gate gate = Gate.closed();
        server.closesIdleAfter(Duration.ofMillis(20)).replies(Reply.events("1").pause(gate));
        try (RawClient idle = new RawClient(server);
                RawClient busy = new RawClient(server)) {
            busy.send(RawClient.post("/", "")).until("data: 1");
            assertThat(idle.all()).isEmpty();
            assertThat(server.clientLeft()).isNotDone();
            gate.open();
            busy.until("0\r\n\r\n");
            assertThat(busy.all()).isEmpty();
        }
    }

    @Test
    void takes_nothing_for_http_that_is_not() throws Exception {
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("hello\r\n\r\n").all()).isEmpty();
        }

        assertThat(server.problems()).singleElement().asString().contains("\"hello\" is no request line");
    }

    @Test
    void a_request_that_does_not_come_is_an_assertion_error() {
        assertThatThrownBy(() -> new Journal().request(0, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Only 0 requests came");
    }

    @Test
    void closing_ends_what_waits() throws Exception {
        Gate never = Gate.closed();
        server.replies(Reply.events("1").pause(never).runsOn());
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/", "")).until("data: 1");
            server.close();
        }
        assertThat(server.running()).isZero();
    }

    @Test
    void closing_fails_if_a_script_blocks() throws Exception {
        CountDownLatch stubborn = new CountDownLatch(1);
        Thread blocked = Thread.ofVirtual().start(() -> awaitUninterruptibly(stubborn));

        List<Thread> left = Threads.stillRunning(List.of(blocked), Duration.ofMillis(1));
        stubborn.countDown();

        assertThat(left).containsExactly(blocked);
        assertThat(Threads.stillRunning(List.of(blocked), LIMIT)).isEmpty();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException ignored) {
                // this is what it is to be stubborn
            }
        }
    }

    private String ask(String path) throws Exception {
        String reply;
        try (RawClient client = new RawClient(server)) {
            reply = client.send("POST %s HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".formatted(path))
                    .all();
        }
        return reply.substring(reply.indexOf("\r\n\r\n") + 4);
    }
}
