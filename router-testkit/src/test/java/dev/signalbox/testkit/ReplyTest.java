package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a client sees on the wire. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplyTest {

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_sized_reply_says_its_length() throws Exception {
        assertThat(seen(Reply.json(200, "{\"a\":1}").header("X-A", "b")))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-A: b\r\nContent-Length: 7\r\n\r\n"
                        + "{\"a\":1}");
    }

    @Test
    void a_stream_sends_each_event_as_a_chunk() throws Exception {
        assertThat(seen(Reply.events("1", "[DONE]")))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "9\r\ndata: 1\n\n\r\ne\r\ndata: [DONE]\n\n\r\n0\r\n\r\n");
    }

    @Test
    void an_old_server_closes_instead_of_saying_a_length() throws Exception {
        assertThat(seen(Reply.lines("{}").http10()))
                .isEqualTo("HTTP/1.0 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n{}\n");
    }

    @Test
    void a_truncated_stream_lacks_its_last_chunk() throws Exception {
        assertThat(seen(Reply.events("1").thenTruncates())).endsWith("data: 1\n\n\r\n");
    }

    @Test
    void a_truncated_sized_reply_is_shorter_than_it_says() throws Exception {
        assertThat(seen(Reply.text(200, "abc").thenTruncates()))
                .contains("Content-Length: 19\r\n")
                .endsWith("\r\n\r\nabc");
    }

    @Test
    void a_reset_is_a_reset_and_no_end() throws Exception {
        server.replies(Reply.reset()).replies(Reply.events("1").thenResets());
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send(RawClient.post("/", "")).isReset()).isTrue();
        }
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send(RawClient.post("/", "")).isReset()).isTrue();
        }
    }

    @Test
    void hanging_up_sends_nothing() throws Exception {
        assertThat(seen(Reply.hangUp())).isEmpty();
    }

    @Test
    void noise_is_sent_as_it_is() throws Exception {
        assertThat(seen(Reply.noise("SSH-2.0-x\r\n"))).isEqualTo("SSH-2.0-x\r\n");
    }

    @Test
    void a_stall_sends_nothing_and_stays_open_until_the_client_leaves() throws Exception {
        server.replies(Reply.stall());
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/", ""));
            server.request(0);
            assertThat(server.clientLeft()).isNotDone();
        }
        assertThat(server.clientLeft()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void interim_heads_come_before_the_head() throws Exception {
        assertThat(seen(Reply.text(200, "a").informs(100).informs(103)))
                .startsWith("HTTP/1.1 100 Interim\r\n\r\nHTTP/1.1 103 Interim\r\n\r\nHTTP/1.1 200 OK\r\n");
    }

    @Test
    void splitting_cuts_frames_and_characters() throws Exception {
        assertThat(seen(Reply.stream("text/event-stream").chunk("data: ü").split(3)))
                .endsWith("3\r\ndat\r\n3\r\na: \r\n2\r\nÃ¼\r\n0\r\n\r\n");
    }

    @Test
    void the_first_pieces_are_all_that_is_sent() throws Exception {
        assertThat(seen(Reply.events("1", "2", "3").first(2).sized())).endsWith("\r\n\r\ndata: 1\n\ndata: 2\n\n");
    }

    @Test
    void byte_by_byte_changes_nothing_but_the_packets() throws Exception {
        assertThat(seen(Reply.text(200, "abc").byteByByte())).isEqualTo(seen(Reply.text(200, "abc")));
    }

    @Test
    void waits_at_its_gates_in_their_order() throws Exception {
        Gate head = Gate.closed();
        Gate end = Gate.closed();
        server.replies(Reply.events("1").headWaitsFor(head).pause(end).chunk("data: 2\n\n"));
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/", ""));
            assertThat(head.reached()).succeedsWithin(Duration.ofSeconds(10));
            head.open();
            client.until("data: 1");
            assertThat(end.reached()).succeedsWithin(Duration.ofSeconds(10));
            end.open();
            client.until("data: 2\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void a_paced_reply_takes_its_time() throws Exception {
        long before = System.nanoTime();
        seen(Reply.events("1", "2", "3").paced(Duration.ofMillis(20)).thenCloses());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    void closing_half_ends_the_reply_and_still_reads() throws Exception {
        server.replies(Reply.text(200, "a").thenHalfCloses()).replies(Reply.text(200, "never seen"));
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send(RawClient.post("/", "")).all()).endsWith("a");
            client.send(RawClient.post("/second", ""));
            assertThat(server.request(1).path()).isEqualTo("/second");
        }
    }

    @Test
    void the_answer_to_head_has_no_body() throws Exception {
        server.replies(Reply.text(200, "abc").thenCloses());
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("HEAD / HTTP/1.1\r\n\r\n").all()).endsWith("Content-Length: 3\r\n\r\n");
        }
    }

    private String seen(Reply reply) throws Exception {
        server.replies(reply);
        return RawClient.post(server, "/", "");
    }
}
