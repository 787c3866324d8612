package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.server.FakeAnswer;
import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import dev.signalbox.server.WireClient;
import dev.signalbox.testkit.HandClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeartbeatTest {

    private static final Duration AFTER = Duration.ofSeconds(45);
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final String STREAM = "{\"model\":\"qwen3\",\"stream\":true}";

    private final HandClock clock = new HandClock();
    private final Ticker ticker = new Ticker(clock::nanoTime);
    private final CompletableFuture<FakeRouting.Script> answer = new CompletableFuture<>();
    private final FakeRouting router =
            FakeRouting.doing(request -> answer.join().route(request));

    @Test
    void keeps_a_stream_alive_while_the_router_has_nothing() throws Exception {
        try (Served server = served();
                WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            router.request();
            turn(AFTER);
            assertThat(client.head()).contains("200 ok").contains("content-type: text/event-stream");
            assertThat(client.readUntil("\n\n\r\n")).endsWith(": keep-alive\n\n\r\n");
            turn(EVERY);
            assertThat(client.readUntil("\n\n\r\n")).endsWith(": keep-alive\n\n\r\n");
            answer.complete(request -> FakeAnswer.events().sends("data: 1\n\n").ends());
            assertThat(client.readUntil("0\r\n\r\n")).isEqualTo("9\r\ndata: 1\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void speaks_the_dialect_of_the_stream() throws Exception {
        try (Served server = served();
                WireClient client = server.connect().post("/api/chat", "{\"model\":\"qwen3\"}")) {
            router.request();
            turn(AFTER);
            assertThat(client.head()).contains("content-type: application/x-ndjson");
            assertThat(client.readUntil("\n\r\n"))
                    .contains("\"model\":\"qwen3\"")
                    .contains("\"done\":false");
            answer.complete(
                    request -> FakeAnswer.lines().sends("{\"done\":true}\n").ends());
            assertThat(client.readUntil("0\r\n\r\n")).contains("{\"done\":true}\n");
        }
    }

    @Test
    void tells_a_failure_within_the_stream_once_that_has_begun() throws Exception {
        try (Served server = served();
                WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            router.request();
            turn(AFTER);
            client.readUntil(": keep-alive\n\n\r\n");
            answer.complete(HeartbeatTest::exhausted);
            assertThat(client.rest())
                    .contains("data: {\"error\":{")
                    .contains("All are full.")
                    .doesNotContain("[DONE]", "\r\n0\r\n");
        }
    }

    @Test
    void sends_nothing_into_an_answer_that_is_not_streamed() throws Exception {
        try (Served server = served();
                WireClient client = server.connect().post("/v1/chat/completions", "{\"model\":\"qwen3\"}")) {
            router.request();
            turn(AFTER);
            turn(EVERY);
            answer.complete(HeartbeatTest::exhausted);
            assertThat(client.answer()).startsWith("http/1.1 503").doesNotContain("keep-alive\n");
        }
    }

    @Test
    void keeps_a_stream_alive_between_two_frames() throws Exception {
        FakeAnswer frames = FakeAnswer.events().sends("data: 1\n\n");
        answer.complete(request -> frames);
        try (Served server = served();
                WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.readUntil("data: 1\n\n\r\n");
            frames.untilWaitedFor();
            turn(AFTER);
            assertThat(client.readUntil("\n\n\r\n")).endsWith(": keep-alive\n\n\r\n");
            frames.sends("data: 2\n\n").ends();
            assertThat(client.readUntil("0\r\n\r\n")).isEqualTo("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void names_who_answers_where_nobody_has_asked_for_the_name_before() throws Exception {
        FakeAnswer frames = FakeAnswer.lines().sends("{\"done\":false}\n");
        answer.complete(request -> frames);
        try (Served server = served();
                WireClient client = server.connect().post("/api/chat", "{\"model\":\"best\"}")) {
            client.readUntil("{\"done\":false}\n\r\n");
            frames.untilWaitedFor();
            turn(AFTER);
            assertThat(client.readUntil("\n\r\n"))
                    .contains("\"model\":\"%s\"".formatted(frames.target().model()));
            frames.sends("{\"done\":true}\n").ends();
            assertThat(client.readUntil("0\r\n\r\n")).contains("{\"done\":true}\n");
        }
    }

    @Test
    void never_breaks_into_a_frame() throws Exception {
        FakeAnswer frames = FakeAnswer.events().sends("data: half");
        answer.complete(request -> frames);
        try (Served server = served();
                WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.readUntil("data: half\r\n");
            frames.untilWaitedFor();
            turn(AFTER);
            turn(EVERY);
            frames.sends(" more\n\n").ends();
            assertThat(client.readUntil("0\r\n\r\n")).isEqualTo("7\r\n more\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void begins_anew_with_every_byte() throws Exception {
        FakeAnswer frames = FakeAnswer.events().sends("data: 1\n\n");
        answer.complete(request -> frames);
        try (Served server = served();
                WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.readUntil("data: 1\n\n\r\n");
            frames.untilWaitedFor();
            turn(AFTER.minusSeconds(1));
            frames.sends("data: 2\n\n");
            client.readUntil("data: 2\n\n\r\n");
            frames.untilWaitedFor();
            turn(AFTER.minusSeconds(1));
            frames.sends("data: 3\n\n").ends();
            assertThat(client.readUntil("0\r\n\r\n")).isEqualTo("9\r\ndata: 3\n\n\r\n0\r\n\r\n");
        }
    }

    private static RoutedResponse exhausted(RouteRequest request) {
        throw new Exhausted(Problem.passing(503, "overloaded", "All are full."), FakeRouting.trace());
    }

    private Served served() {
        return Served.of(new Ingress(router, IngressSettings.DEFAULT, ticker));
    }

    private void turn(Duration time) {
        clock.advance(time);
        ticker.tick();
    }
}
