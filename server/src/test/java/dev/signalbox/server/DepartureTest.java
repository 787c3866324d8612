package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RouteRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DepartureTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String STREAM = "{\"model\":\"m\",\"stream\":true}";

    @Test
    void a_client_that_leaves_during_a_silent_prefill_cancels_its_request() throws Exception {
        FakeRouting router = FakeRouting.silent();
        try (Served server = Served.of(router)) {
            WireClient client = server.connect().post("/v1/chat/completions", STREAM);
            CompletableFuture<Void> cancelled = cancelled(router.request());
            client.close();
            assertThat(cancelled).succeedsWithin(SOON);
        }
    }

    @Test
    void a_client_that_leaves_before_an_answer_that_is_not_streamed_cancels_its_request() throws Exception {
        FakeRouting router = FakeRouting.silent();
        try (Served server = Served.of(router)) {
            WireClient client = server.connect().post("/v1/embeddings", "{}");
            CompletableFuture<Void> cancelled = cancelled(router.request());
            client.close();
            assertThat(cancelled).succeedsWithin(SOON);
        }
    }

    @Test
    void a_client_that_leaves_between_two_frames_cancels_its_request() throws Exception {
        FakeAnswer answer = FakeAnswer.events().sends("data: 1\n\n");
        FakeRouting router = FakeRouting.answering(answer);
        try (Served server = Served.of(router)) {
            WireClient client = server.connect().post("/v1/chat/completions", STREAM);
            client.readUntil("data: 1\n\n");
            CompletableFuture<Void> cancelled = cancelled(router.request());
            client.close();
            assertThat(cancelled).succeedsWithin(SOON);
        }
    }

    @Test
    void a_client_that_resets_its_connection_cancels_its_request() throws Exception {
        FakeRouting router = FakeRouting.silent();
        try (Served server = Served.of(router)) {
            WireClient client = server.connect().post("/v1/chat/completions", STREAM);
            CompletableFuture<Void> cancelled = cancelled(router.request());
            client.socket().setSoLinger(true, 0);
            client.close();
            assertThat(cancelled).succeedsWithin(SOON);
        }
    }

    @Test
    void a_client_that_stays_is_not_taken_for_one_that_left() throws Exception {
        FakeAnswer answer = FakeAnswer.events().sends("data: 1\n\n");
        FakeRouting router = FakeRouting.answering(answer);
        try (Served server = Served.of(router);
                WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.readUntil("data: 1\n\n\r\n");
            RouteRequest request = router.request();
            answer.sends("data: 2\n\n").ends();
            client.readUntil("0\r\n\r\n");
            assertThat(request.cancellation().cancelled()).isFalse();
        }
    }

    @Test
    void the_connection_takes_further_requests_after_a_watched_one() throws Exception {
        FakeRouting router = FakeRouting.doing(
                request -> FakeAnswer.events().sends("data: 1\n\n").ends());
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.post("/v1/chat/completions", STREAM);
                assertThat(client.answer()).contains("200 ok").contains("data: 1\n\n");
            }
            client.get("/health/live");
            assertThat(client.answer()).contains("200 ok");
            client.post("/v1/embeddings", "{}");
            assertThat(client.answer()).contains("200 ok");
        }
    }

    @Test
    void a_client_that_sends_its_next_request_early_gets_both_answers() throws Exception {
        FakeRouting router = FakeRouting.doing(
                request -> FakeAnswer.events().sends("data: 1\n\n").ends());
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            String request = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
            client.send(request + request);
            assertThat(client.answer()).contains("200 ok");
            assertThat(client.answer()).contains("200 ok");
        }
    }

    @Test
    void a_client_that_does_not_read_does_not_keep_others_from_their_answers() throws Exception {
        FakeAnswer large = FakeAnswer.events();
        for (int i = 0; i < 1000; i++) {
            large.sends("data: " + "x".repeat(50_000) + "\n\n");
        }
        FakeRouting router = FakeRouting.answering(large);
        try (Served server = Served.of(router);
                WireClient slow = server.connect().post("/v1/chat/completions", STREAM)) {
            slow.head();
            router.then(request -> FakeAnswer.json("{\"fast\":1}"));
            assertThat(server.post("/v1/chat/completions", "{}").body()).isEqualTo("{\"fast\":1}");
        }
        assertThat(large.closed()).succeedsWithin(SOON);
    }

    private static CompletableFuture<Void> cancelled(RouteRequest request) {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        request.cancellation().onCancel(() -> cancelled.complete(null));
        return cancelled;
    }
}
