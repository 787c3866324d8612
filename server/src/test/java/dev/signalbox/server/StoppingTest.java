package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.listen.Listening;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StoppingTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String STREAM = "{\"stream\":true}";

    @Test
    void lets_an_answer_that_has_begun_come_to_its_end() throws Exception {
        FakeAnswer answer = FakeAnswer.events().sends("data: 1\n\n");
        Served server = Served.of(FakeRouting.answering(answer));
        try (WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.readUntil("data: 1\n\n\r\n");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            awaitRefusal(server);
            answer.sends("data: 2\n\n").ends();
            assertThat(client.rest()).isEqualTo("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
            assertThat(stopped).succeedsWithin(SOON);
        }
    }

    @Test
    void cuts_an_answer_that_does_not_end_within_the_grace_period() throws Exception {
        FakeAnswer answer = FakeAnswer.events().sends("data: 1\n\n");
        Listening impatient = Listening.locally(0).withGrace(Duration.ofMillis(1));
        Served server = Served.of(FakeRouting.answering(answer), impatient);
        try (WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.readUntil("data: 1\n\n\r\n");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            assertThat(client.rest()).contains("data: {\"error\":{").doesNotContain("\r\n0\r\n");
            assertThat(answer.closed()).succeedsWithin(SOON);
            assertThat(stopped).succeedsWithin(SOON);
        }
    }

    @Test
    void tells_a_client_whose_answer_is_cut_that_it_was() throws Exception {
        Configured all = Configured.by(
                "{ server: { grace: 0s }, backends: { echo: { type: echo, pace: 1h } }, default: echo/demo }");
        try (WireClient streaming = all.server().connect().post("/v1/chat/completions", """
                        {"stream":true,"messages":[{"role":"user","content":"one two"}]}""");
                WireClient waiting = all.server().connect().post("/v1/chat/completions", """
                        {"messages":[{"role":"user","content":"one two"}]}""")) {
            streaming.readUntil("one");
            await().atMost(SOON)
                    .until(() -> all.router().targets().stream().anyMatch(target -> target.inFlight() == 2));
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(all::close);
            assertThat(streaming.rest())
                    .contains("data: {\"error\":{", "\"code\":\"stopping\"")
                    .doesNotContain("[DONE]", "\r\n0\r\n");
            assertThat(waiting.rest()).startsWith("HTTP/1.1 503").contains("\"code\":\"stopping\"");
            assertThat(stopped).succeedsWithin(SOON);
        }
    }

    @Test
    void does_not_wait_for_connections_that_wait_for_nothing() throws Exception {
        Served server = Served.of(FakeRouting.answering("{}"));
        try (WireClient asked = server.connect();
                WireClient looked = server.connect();
                WireClient fresh = server.connect()) {
            asked.post("/v1/chat/completions", "{}").answer();
            looked.get("/health/live").answer();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            assertThat(asked.rest()).isEmpty();
            assertThat(looked.rest()).isEmpty();
            assertThat(fresh.rest()).isEmpty();
            assertThat(stopped).succeedsWithin(SOON);
        }
    }

    private static void awaitRefusal(Served server) {
        assertThatThrownBy(() -> {
                    while (true) {
                        server.connect().close();
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
