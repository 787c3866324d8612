package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.RouterEvent;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What guards of other routers saw on one path alone, or not at all, is seen here on every path. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardsOfOthersTest {

    private ScriptedServer first;
    private Configured all;

    @BeforeEach
    void start() throws Exception {
        first = ScriptedServer.start();
        all = Configured.by("""
                backends:
                  first: { type: openai, base-url: "%1$s/v1", models: [ m ] }
                  claude: { type: anthropic, base-url: "%1$s", models: [ m ] }
                  llama: { type: ollama, base-url: "%1$s", models: [ m ] }
                  second: { type: echo }
                  tiny: { type: echo, offers: [ small ], models: { small: { context: 100 } } }
                probe: { every: 1h }
                guards:
                  health: { threshold: 2 }
                  memory: {}
                  loop: { action: off, instruction: "Turn back" }
                  context: { action: off }
                profiles:
                  coding: { chain: [ first/m, second/demo ] }
                  careful: { chain: [ first/m ], guards: { memory: { action: exclude } } }
                  strict: { chain: [ second/demo ], guards: { loop: { action: refuse } } }
                  short: { chain: [ tiny/small ], guards: { context: { action: exclude } } }
                  chat: { chain: [ first/m ], guards: { loop: { action: inject } } }
                  responses: { chain: [ first/m ], guards: { loop: { action: inject } } }
                  messages: { chain: [ claude/m ], guards: { loop: { action: inject } } }
                  ollama: { chain: [ llama/m ], guards: { loop: { action: inject } } }
                """.formatted(first.uri()));
    }

    @AfterEach
    void stop() {
        all.close();
        first.close();
    }

    /** An API, and how a conversation in it goes on. */
    enum Api {
        CHAT(
                "/v1/chat/completions",
                "messages",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"read\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"no\"}",
                "{\"type\":\"function\",\"function\":{\"name\":\"read\"}}"),
        RESPONSES(
                "/v1/responses",
                "input",
                "{\"type\":\"function_call\",\"call_id\":\"1\",\"name\":\"read\",\"arguments\":\"{}\"},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"1\",\"output\":\"no\"}",
                "{\"type\":\"function\",\"name\":\"read\"}"),
        MESSAGES(
                "/v1/messages",
                "messages",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"read\",\"input\":{}}]},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":\"no\"}]}",
                "{\"name\":\"read\",\"input_schema\":{\"type\":\"object\"}}"),
        OLLAMA(
                "/api/chat",
                "messages",
                "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"read\",\"arguments\":{}}}]},"
                        + "{\"role\":\"tool\",\"content\":\"no\"}",
                "{\"type\":\"function\",\"function\":{\"name\":\"read\"}}");

        private final String path;
        private final String said;
        private final String call;
        private final String tool;

        Api(String path, String said, String call, String tool) {
            this.path = path;
            this.said = said;
            this.call = call;
            this.tool = tool;
        }

        String circling(String model, boolean streamed) {
            return body(model, streamed, "Mend it", Collections.nCopies(3, call).stream());
        }

        String saying(String model, boolean streamed, String words) {
            return body(model, streamed, words, Stream.empty());
        }

        private String body(String model, boolean streamed, String words, Stream<String> more) {
            String messages = Stream.concat(Stream.of("{\"role\":\"user\",\"content\":\"%s\"}".formatted(words)), more)
                    .reduce((one, next) -> one + "," + next)
                    .orElseThrow();
            return "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":99,\"tools\":[%s],\"%s\":[%s]}"
                    .formatted(model, streamed, tool, said, messages);
        }
    }

    private HttpResponse<String> post(Api api, String body) throws Exception {
        return all.server().post(api.path, body, "anthropic-version", "2023-06-01");
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void loops_are_seen_in_every_dialect_and_refused_with_400_streamed_or_not(Api api) throws Exception {
        for (boolean streamed : new boolean[] {false, true}) {
            HttpResponse<String> answer = post(api, api.circling("strict", streamed));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
            assertThat(answer.body()).contains("the tool read was called 3 times in a row");
        }
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void the_model_is_told_in_its_own_dialect(Api api) throws Exception {
        post(api, api.circling(api.name().toLowerCase(java.util.Locale.ROOT), false));
        assertThat(first.requests())
                .filteredOn(request -> request.method().equals("POST"))
                .extracting(ReceivedRequest::text)
                .singleElement()
                .asString()
                .contains("Turn back", "Mend it");
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void a_prompt_that_does_not_fit_is_refused_with_the_figures_and_never_trimmed(Api api) throws Exception {
        for (boolean streamed : new boolean[] {false, true}) {
            HttpResponse<String> answer = post(api, api.saying("short", streamed, "many words ".repeat(200)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).containsPattern("about [0-9]+ tokens, [0-9]+ % of the 100 of its context");
            assertThat(post(api, api.saying("short", streamed, "few words")).statusCode())
                    .isEqualTo(200);
        }
    }

    private boolean isIll() {
        return all.router().changes().stream()
                .anyMatch(event -> event instanceof RouterEvent.JudgementChanged change
                        && change.of().equals("first/m")
                        && change.now().equals("unhealthy"));
    }

    @Test
    void an_empty_stream_counts_against_health() throws Exception {
        first.on("/v1/chat/completions", Reply.stream("text/event-stream").chunk("data: [DONE]\n\n"));
        for (int i = 0; i < 4; i++) {
            assertThat(isIll()).isFalse();
            assertThat(all.stream("coding", "hello").statusCode()).isEqualTo(200);
        }
        assertThat(isIll()).isTrue();
    }

    @Test
    void a_first_word_is_no_success_where_the_stream_breaks_off_after_it() throws Exception {
        first.on(
                "/v1/chat/completions",
                Reply.stream("text/event-stream")
                        .chunk(
                                "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":null}]}\n\n"));
        for (int i = 0; i < 4; i++) {
            assertThat(isIll()).isFalse();
            all.cut("coding", "hello");
        }
        assertThat(isIll()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void failures_count_on_every_path(Api api) throws Exception {
        String profile = api.name().toLowerCase(java.util.Locale.ROOT);
        Stream.of("/v1/chat/completions", "/v1/responses", "/v1/messages", "/api/chat")
                .forEach(path -> first.on(path, Reply.json(500, "{\"error\":{\"message\":\"signal lost\"}}")));
        for (int i = 0; i < 4; i++) {
            post(api, api.saying(profile, i % 2 == 0, "hello"));
        }
        assertThat(all.router().changes())
                .filteredOn(RouterEvent.JudgementChanged.class::isInstance)
                .extracting(event -> ((RouterEvent.JudgementChanged) event).now())
                .contains("unhealthy");
    }

    private String steps() throws Exception {
        return all.chat("coding", "hello")
                .headers()
                .firstValue("X-Signalbox-Steps")
                .orElseThrow();
    }

    @Test
    void memory_that_runs_out_is_seen_however_late_the_words_come() throws Exception {
        first.on(
                "/v1/chat/completions",
                Reply.json(
                        500,
                        "{\"error\":{\"message\":\"%s CUDA error: out of memory\"}}"
                                .formatted("at some place, ".repeat(40))));
        assertThat(steps()).isEqualTo("first/m=out-of-memory, second/demo=answered");
        assertThat(steps()).isEqualTo("second/demo=answered");
    }

    @Test
    void so_is_memory_that_runs_out_in_an_error_frame_inside_a_200() throws Exception {
        first.on(
                "/v1/chat/completions",
                Reply.stream("text/event-stream")
                        .chunk("data: {\"error\":{\"message\":\"CUDA error: out of memory\"}}\n\n"));
        assertThat(all.stream("coding", "hello").headers().firstValue("X-Signalbox-Steps"))
                .contains("first/m=out-of-memory, second/demo=answered");
        assertThat(steps()).isEqualTo("second/demo=answered");
    }

    @Test
    void where_no_server_has_memory_left_clients_are_told_when_to_come_again() throws Exception {
        first.on("/v1/chat/completions", Reply.json(500, "{\"error\":{\"message\":\"CUDA error: out of memory\"}}"));
        assertThat(all.chat("careful", "hello").statusCode()).isEqualTo(507);
        HttpResponse<String> second = all.chat("careful", "hello");
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.body()).contains("\"unhealthy\"", "first/m ran out of memory");
        assertThat(second.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(60L, 120L);
        assertThat(first.requests())
                .filteredOn(request -> request.path().startsWith("/v1/chat"))
                .hasSize(1);
    }

    @Test
    void a_word_that_only_looks_like_it_is_none() throws Exception {
        first.on("/v1/chat/completions", Reply.json(500, "{\"error\":{\"message\":\"no room in the zoom\"}}"));
        assertThat(steps()).isEqualTo("first/m=server-error, second/demo=answered");
        assertThat(steps()).isEqualTo("first/m=server-error, second/demo=answered");
    }
}
