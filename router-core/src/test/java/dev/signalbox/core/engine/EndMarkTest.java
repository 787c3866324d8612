package dev.signalbox.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A server that keeps its connection open once it has said that its reply ends does not keep the client waiting. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EndMarkTest extends EngineFixture {

    private static final Duration FAREWELL = Pace.FAREWELL.plus(Watch.EVERY);

    private static final String MESSAGE = """
            event: message_start
            data: {"type":"message_start","message":{"usage":{"input_tokens":3}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    @BeforeEach
    void a_backend() {
        layout.backend("gpu", "m").profile("coding", "gpu/m");
    }

    private RoutedResponse heard(Dialect client, Dialect server, Tape tape) throws InterruptedException {
        backends.dialects = Set.of(server);
        backends.on("gpu", call -> tape);
        String body = "{\"model\":\"coding\",\"max_tokens\":9,\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return ask(RouteRequest.of(client, Body.of(body)));
    }

    /** Reads until that was said, and no further. */
    private static String readTo(String end, RoutedResponse response) throws InterruptedException {
        return Later.run(() -> {
                    StringBuilder heard = new StringBuilder();
                    byte[] some = new byte[4096];
                    while (!heard.toString().contains(end)) {
                        heard.append(new String(some, 0, response.body().read(some), UTF_8));
                    }
                    return heard.toString();
                })
                .get();
    }

    @Test
    void a_translated_stream_is_told_its_end_at_the_mark() throws Exception {
        Tape open = Tape.sse(Chat.stream("Hi")).stalls();

        try (RoutedResponse response = heard(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_CHAT, open)) {
            assertThat(readTo("\"message_stop\"", response)).contains("\"text\":\"Hi\"");
        }
    }

    @Test
    void whatever_the_mark_is() throws Exception {
        Tape open = Tape.sse(MESSAGE).stalls();

        try (RoutedResponse response = heard(Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_MESSAGES, open)) {
            assertThat(readTo("[DONE]", response)).contains("\"content\":\"Hi\"");
        }
    }

    @Test
    void a_line_that_says_done_is_one() throws Exception {
        Tape open = Tape.lines(
                        "{\"message\":{\"content\":\"Hi\"},\"done\":false}\n",
                        "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n")
                .stalls();

        try (RoutedResponse response = heard(Dialect.OPENAI_CHAT, Dialect.OLLAMA_CHAT, open)) {
            assertThat(readTo("[DONE]", response)).contains("\"content\":\"Hi\"");
        }
    }

    @Test
    void and_ends_a_moment_later_as_it_should() throws Exception {
        Tape open = Tape.sse(Chat.stream("Hi")).stalls();
        try (RoutedResponse response = heard(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_CHAT, open)) {
            Later<String> reading = Later.run(() -> read(response));
            open.paused().join();
            time.advance(FAREWELL);

            assertThat(reading.get()).contains("\"message_stop\"").doesNotContain("event: error");
            assertThat(response.trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
        }
        assertThat(open.closed()).isDone();
    }

    @Test
    void a_stream_that_passes_as_it_is_ends_so_too() throws Exception {
        Tape open = Tape.sse(Chat.stream("Hi")).stalls();
        try (RoutedResponse response = heard(Dialect.OPENAI_CHAT, Dialect.OPENAI_CHAT, open)) {
            Later<String> reading = Later.run(() -> read(response));
            open.paused().join();
            time.advance(FAREWELL);

            assertThat(reading.get()).isEqualTo(Chat.stream("Hi"));
        }
    }

    @Test
    void a_server_that_takes_its_leave_is_heard_out() throws Exception {
        CompletableFuture<Void> leave = new CompletableFuture<>();
        Tape leaving = Tape.sse(Chat.stream("Hi")).await(leave);
        try (RoutedResponse response = heard(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_CHAT, leaving)) {
            Later<String> reading = Later.run(() -> read(response));
            leaving.paused().join();
            assertThat(leaving.closed()).isNotDone();
            leave.complete(null);

            assertThat(reading.get()).contains("\"message_stop\"");
        }
    }

    @Test
    void a_server_that_says_that_it_lives_without_end_is_left_a_moment_later() throws Exception {
        AtomicInteger pings = new AtomicInteger();
        Tape lively = Tape.sse(Chat.stream("Hi")).repeats(Chat.PING, () -> {
            pings.incrementAndGet();
            time.advance(Pace.FAREWELL.dividedBy(5));
        });

        try (RoutedResponse response = heard(Dialect.OPENAI_CHAT, Dialect.OPENAI_CHAT, lively)) {
            assertThat(Later.run(() -> read(response)).get()).startsWith(Chat.stream("Hi"));
            assertThat(response.trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
        }
        assertThat(pings).hasValueBetween(2, 20);
    }

    @Test
    void and_so_is_one_that_says_it_too_often_for_that() throws Exception {
        Tape lively = Tape.sse(Chat.stream("Hi")).repeats(Chat.PING, () -> {});

        try (RoutedResponse response = heard(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_CHAT, lively)) {
            assertThat(Later.run(() -> read(response)).get()).contains("\"message_stop\"");
            assertThat(response.trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
        }
    }

    @Test
    void what_is_said_after_the_end_is_not_told() throws Exception {
        Tape talkative = Tape.sse(Chat.stream("Hi"), Chat.text("more"), Chat.ERROR);

        try (RoutedResponse response = heard(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_CHAT, talkative)) {
            assertThat(read(response)).doesNotContain("more", "event: error").contains("\"message_stop\"");
        }
    }

    @Test
    void what_is_said_after_the_end_does_not_take_it_back() throws Exception {
        Tape talkative = Tape.sse(Chat.stream("Hi"), Chat.text("more"));

        try (RoutedResponse response = heard(Dialect.OPENAI_CHAT, Dialect.OPENAI_CHAT, talkative)) {
            assertThat(read(response)).doesNotContain("error");
            assertThat(response.trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
        }
    }

    @Test
    void nor_does_a_server_that_then_lives_without_end() throws Exception {
        Tape lively = Tape.sse(Chat.stream("Hi"), Chat.text("more")).repeats(Chat.PING, () -> {});

        try (RoutedResponse response = heard(Dialect.OPENAI_CHAT, Dialect.OPENAI_CHAT, lively)) {
            Later.run(() -> read(response)).get();
            assertThat(response.trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
        }
    }
}
