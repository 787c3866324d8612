package dev.signalbox.backend.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Body;
import dev.signalbox.api.Caller;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.Headers;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.api.Usage;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.Router;
import dev.signalbox.core.RouterBuilder;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedAnthropic;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What becomes of requests behind the engine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnthropicRoutingTest {

    /** With what a translation would lose: markers of the cache, signed thoughts, odd spelling, members nobody knows. */
    private static final String ASKED = """
            {"model" : "%s", "max_tokens":1.0e3,"stream":%b, "thinking":{"type":"enabled","budget_tokens":1024},
             "system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "messages":[{"role":"user","content":"Hi"},
               {"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"c2ln+/=="},{"type":"text","text":"Yes?"}]},
               {"role":"user","content":[{"type":"text","text":"Go on \\u00e9","cache_control":{"type":"ephemeral"}}]}],
             "unheard_of":[1.0,null]}
            """;

    private final ScriptedAnthropic cloud = ScriptedAnthropic.start().serving("claude-a");
    private final ScriptedAnthropic spare = ScriptedAnthropic.start().serving("claude-b");
    private final Router router = backend(backend(Router.builder(), "cloud", cloud), "spare", spare)
            .models("cloud", ModelInfo.named("claude-a"))
            .profile("both", "cloud/claude-a", "spare/claude-b")
            .profile("one", "cloud/claude-a")
            .build();

    @AfterEach
    void end() {
        router.close();
        cloud.close();
        spare.close();
    }

    @Test
    void all_but_the_name_of_the_model_passes_byte_for_byte() throws Exception {
        try (RoutedResponse answer = router.route(messages("both", false))) {
            assertThat(answer.text()).isEqualTo("All signals are green.");
            assertThat(answer.usage()).map(Usage::input).contains(26L);
        }
        assertThat(last(cloud).text()).isEqualTo(ASKED.formatted("claude-a", false));
    }

    @Test
    void a_stream_passes_byte_for_byte_with_its_pings() throws Exception {
        cloud.says(Answer.saying("All", " clear").thinking("Let", " me"));
        try (RoutedResponse answer = router.route(messages("both", true))) {
            String stream = new String(answer.body().readAllBytes(), UTF_8);
            assertThat(stream)
                    .startsWith("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_01")
                    .contains("event: ping\ndata: {\"type\":\"ping\"}\n\n")
                    .contains("\"type\":\"signature_delta\",\"signature\":\"EqQ")
                    .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        }
    }

    @Test
    void one_that_is_overloaded_is_followed_by_the_next() throws Exception {
        cloud.refuses(529, "Overloaded");
        try (RoutedResponse answer = router.route(messages("both", true))) {
            assertThat(answer.text()).isEqualTo("All signals are green.");
            assertThat(answer.trace().steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains("cloud/claude-a=overloaded", "spare/claude-b=answered");
        }
    }

    @Test
    void an_error_before_the_first_word_of_a_stream_is_followed_by_the_next_too() throws Exception {
        cloud.breaksAfter(2, "Overloaded");
        try (RoutedResponse answer = router.route(messages("both", true))) {
            assertThat(answer.target()).hasToString("spare/claude-b");
        }
    }

    @Test
    void being_overloaded_tells_when_to_come_back() {
        cloud.refuses(529, "Overloaded");
        cloud.sends(reply -> reply.header("retry-after", "11"));

        Exhausted failed = catchThrowableOfType(
                Exhausted.class, () -> router.route(messages("one", true)).close());

        assertThat(failed.problem().retryAfter()).contains(Duration.ofSeconds(11));
        assertThat(failed.problem().code()).isEqualTo("upstream_overloaded");
    }

    @Test
    void tokens_are_counted_by_anthropic_itself_with_tools_and_all() throws Exception {
        String asked = "{\"model\":\"both\",\"tools\":[{\"name\":\"f\",\"input_schema\":{ }}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"How long is this?\"}]}";
        RouteRequest count =
                RouteRequest.of(Dialect.ANTHROPIC_COUNT_TOKENS, Body.of(asked)).withHeader("anthropic-beta", "one");
        try (RoutedResponse answer = router.route(count)) {
            assertThat(answer.headers().first("X-Signalbox-Estimated")).isEmpty();
            assertThat(answer.headers().first("request-id"))
                    .contains(answer.trace().id());
            assertThat(new String(answer.body().readAllBytes(), UTF_8)).matches("\\{\"input_tokens\": \\d+}");
        }
        ReceivedRequest sent = last(cloud);
        assertThat(sent.path()).isEqualTo("/v1/messages/count_tokens");
        assertThat(sent.headers("anthropic-beta")).containsExactly("one");
        assertThat(sent.header("via"))
                .as("so that a loop is seen")
                .hasValueSatisfying(via -> assertThat(via).contains("signalbox"));
        assertThat(sent.text())
                .isEqualTo("{\"model\":\"claude-a\",\"tools\":[{\"name\":\"f\",\"input_schema\":{ }}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"How long is this?\"}]}");
        assertThat(cloud.server().generations()).isZero();
    }

    private static RouteRequest messages(String model, boolean streamed) {
        return new RouteRequest(
                Dialect.ANTHROPIC_MESSAGES,
                Body.of(ASKED.formatted(model, streamed)),
                Headers.of("anthropic-version", "2023-06-01"),
                Caller.ANONYMOUS,
                Cancellation.create());
    }

    private static RouterBuilder backend(RouterBuilder router, String name, ScriptedAnthropic server) {
        return router.backend(
                name, new AnthropicBackendFactory(), options -> options.with(HttpOptions.BASE_URL, server.uri()));
    }

    private static ReceivedRequest last(ScriptedAnthropic server) {
        return server.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void a_router_that_leads_to_itself_counts_no_further() throws Exception {
        cloud.server()
                .on(
                        "/v1/messages/count_tokens",
                        Reply.json(508, "{\"type\":\"error\",\"error\":{\"message\":\"a loop\"}}"));
        RouteRequest count = RouteRequest.of(
                Dialect.ANTHROPIC_COUNT_TOKENS,
                Body.of("{\"model\":\"one\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
        try (RoutedResponse answer = router.route(count)) {
            assertThat(answer.headers().first("X-Signalbox-Estimated")).contains("tokens");
        }
        String via = last(cloud).header("via").orElseThrow();

        Unroutable loop = catchThrowableOfType(
                Unroutable.class,
                () -> router.route(count.withHeader("Via", via)).close());

        assertThat(loop.problem().status()).isEqualTo(508);
    }
}
