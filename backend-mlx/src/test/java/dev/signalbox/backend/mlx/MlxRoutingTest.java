package dev.signalbox.backend.mlx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Body;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.Router;
import dev.signalbox.core.RouterBuilder;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedMlx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What becomes of requests behind the engine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlxRoutingTest {

    private static final String MODEL = ScriptedMlx.MODEL;

    private final ScriptedMlx lm = ScriptedMlx.lm();
    private final ScriptedMlx vlm = ScriptedMlx.vlm();
    private final ScriptedMlx omni = ScriptedMlx.omni();
    private final Router router = router().build();

    private RouterBuilder router() {
        RouterBuilder router = Router.builder();
        backend(router, "lm", lm);
        backend(router, "vlm", vlm);
        backend(router, "omni", omni);
        return router.profile("both", "lm/" + MODEL, "vlm/" + MODEL);
    }

    @AfterEach
    void end() {
        router.close();
        lm.close();
        vlm.close();
        omni.close();
    }

    @Test
    void answers_of_all_three_are_read_streamed_or_not() throws Exception {
        for (String server : List.of("lm", "vlm", "omni")) {
            String target = server + "/" + MODEL;
            try (RoutedResponse whole = router.route(RouteRequest.chat(target, "Report"));
                    RoutedResponse streamed = router.route(RouteRequest.chatStream(target, "Report"))) {
                assertThat(whole.text()).as(server).isEqualTo("All signals are green.");
                assertThat(streamed.text()).as(server).isEqualTo("All signals are green.");
            }
        }
    }

    @Test
    void a_whole_tool_call_is_the_first_content_of_a_stream() throws Exception {
        for (ScriptedMlx server : List.of(lm, vlm, omni)) {
            server.says(Answer.saying().calling("get_weather", "{\"city\":\"Paris\"}"));
        }
        lm.keepingAlive(3);

        for (String server : List.of("lm", "vlm", "omni")) {
            RouteTrace trace = ask(chat(server + "/" + MODEL, "\"stream\":true," + TOOLS), server);
            assertThat(trace.steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains("%s/%s=answered".formatted(server, MODEL));
        }
    }

    private static final String TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}],";

    private RouteTrace ask(String json, String server) throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.of(Dialect.OPENAI_CHAT, Body.of(json)))) {
            assertThat(new String(answer.body().readAllBytes(), UTF_8))
                    .as(server)
                    .containsPattern(
                            "\"name\": ?\"get_weather\", ?\"arguments\": ?\"\\{\\\\\"city\\\\\":\\\\\"Paris\\\\\"}\"")
                    .contains("[DONE]");
            return answer.trace();
        }
    }

    @Test
    void what_mlx_lm_would_not_take_without_a_word_is_changed() throws Exception {
        RouteTrace trace = route(
                chat(
                        "lm/" + MODEL,
                        "\"temperature\":null,\"top_p\":null,\"max_tokens\":64.0,\"stream\":true,\"stream_options\":{},\"n\":2,"));

        assertThat(last(lm).text())
                .isEqualTo(
                        "{\"model\":\"%s\",\"max_tokens\":64,\"stream\":true,".formatted(MODEL)
                                + "\"stream_options\":{\"include_usage\":false},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(last(lm).headers("content-length")).hasSize(1);
        assertThat(last(lm).headers("transfer-encoding")).isEmpty();
        assertThat(trace.dropped()).containsExactly("n");
    }

    @Test
    void a_stream_that_ends_without_its_end_moves_on_or_is_told() throws Exception {
        lm.breaksAfter(0, "lost");
        assertThat(briefs(route(chat("both", "\"stream\":true,"))))
                .contains("lm/%s=broken-reply".formatted(MODEL), "vlm/%s=answered".formatted(MODEL));
        assertThat(briefs(route(chat("both", ""))))
                .as("not a byte")
                .contains("lm/%s=broken-reply".formatted(MODEL), "vlm/%s=answered".formatted(MODEL));

        for (ScriptedMlx server : List.of(lm, vlm, omni)) {
            server.breaksAfter(2, "lost");
        }
        for (String server : List.of("lm", "vlm", "omni")) {
            try (RoutedResponse answer = router.route(RouteRequest.chatStream(server + "/" + MODEL, "Report"))) {
                assertThat(catchThrowableOfType(BrokenOff.class, answer::text))
                        .as(server)
                        .isNotNull();
            }
        }
    }

    @Test
    void a_lack_of_memory_moves_on() throws Exception {
        lm.refuses(404, "[metal::malloc] Resource limit (499000) exceeded.");

        assertThat(briefs(route(chat("both", ""))))
                .contains("lm/%s=out-of-memory".formatted(MODEL), "vlm/%s=answered".formatted(MODEL));
    }

    @Test
    void what_a_server_cannot_do_is_not_asked_of_it() throws Exception {
        assertThat(briefs(route(chat("both", "\"response_format\":{\"type\":\"json_object\"},"))))
                .contains("lm/%s=skipped".formatted(MODEL), "vlm/%s=answered".formatted(MODEL));
        assertThat(briefs(route(chat("both", "\"logprobs\":true,\"top_logprobs\":20,"))))
                .contains("lm/%s=unsupported".formatted(MODEL), "vlm/%s=answered".formatted(MODEL));
        assertThat(lm.server().generations()).isZero();

        RouteException refused = catchThrowableOfType(
                Unroutable.class,
                () -> route(
                        "{\"model\":\"omni/%s\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA\"}}]}]}"
                                .formatted(MODEL)));
        assertThat(refused.problem().status()).isEqualTo(501);
        assertThat(omni.server().generations()).isZero();
    }

    @Test
    void what_a_server_does_not_list_is_never_sent_to_it() {
        for (String server : List.of("lm", "vlm", "omni")) {
            assertThat(catchThrowableOfType(RouteException.class, () -> route(chat(server + "/org/not-there", ""))))
                    .as(server)
                    .isNotNull();
        }
        assertThat(List.of(lm, vlm, omni)).allSatisfy(server -> {
            assertThat(server.downloads()).isEmpty();
            assertThat(server.server().generations()).isZero();
        });
    }

    @Test
    void vlm_is_spoken_to_in_every_dialect_it_knows() throws Exception {
        vlm.server().on("/v1/messages", Reply.json(200, """
                {"id":"msg_1","type":"message","role":"assistant","content":[{"type":"text","text":"All clear."}],
                 "model":"m","stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":2}}"""));
        String message = "{\"model\":\"vlm/%s\",\"max_tokens\":8,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                .formatted(MODEL);

        assertThat(answer(Dialect.ANTHROPIC_MESSAGES, message)).contains("All clear.");
        assertThat(answer(Dialect.OPENAI_EMBEDDINGS, "{\"model\":\"vlm/%s\",\"input\":\"x\"}".formatted(MODEL)))
                .contains("embedding");
        assertThat(answer(
                        Dialect.OPENAI_RERANK,
                        "{\"model\":\"vlm/%s\",\"query\":\"a\",\"documents\":[\"a\",\"b\"]}".formatted(MODEL)))
                .contains("relevance_score");
        assertThat(last(vlm).text()).startsWith("{\"model\":\"" + MODEL);
    }

    @Test
    void an_error_in_the_middle_of_an_anthropic_stream_of_vlm_moves_on_while_it_can() throws Exception {
        vlm.server().on("/v1/messages", Reply.stream("text/event-stream").chunk("""
                event: error
                data: {"type":"error","error":{"type":"api_error","message":"[malloc] Unable to allocate 8 bytes."}}

                """));
        String message =
                "{\"model\":\"vlm/%s\",\"max_tokens\":8,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                        .formatted(MODEL);

        Exhausted failed = catchThrowableOfType(Exhausted.class, () -> answer(Dialect.ANTHROPIC_MESSAGES, message));

        assertThat(failed.problem().status()).isEqualTo(507);
    }

    private String answer(Dialect dialect, String json) throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.of(dialect, Body.of(json)))) {
            return new String(answer.body().readAllBytes(), UTF_8);
        }
    }

    @Test
    void what_is_named_in_the_configuration_is_sent_though_it_is_not_listed() throws Exception {
        try (Router named = backend(Router.builder(), "lm", lm)
                .models("lm", ModelInfo.named("default_model"))
                .build()) {
            try (RoutedResponse answer = named.route(RouteRequest.chat("lm/default_model", "Report"))) {
                assertThat(answer.text()).isEqualTo("All signals are green.");
            }
        }
        assertThat(lm.downloads()).isEmpty();
        assertThat(lm.loads()).containsExactly(MODEL);
    }

    private RouteTrace route(String json) throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.of(Dialect.OPENAI_CHAT, Body.of(json)))) {
            answer.text();
            return answer.trace();
        }
    }

    private static List<String> briefs(RouteTrace trace) {
        return trace.steps().stream().map(RouteTrace.Step::brief).toList();
    }

    private static String chat(String model, String members) {
        return "{\"model\":\"%s\",%s\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".formatted(model, members);
    }

    private static RouterBuilder backend(RouterBuilder router, String name, ScriptedMlx server) {
        return router.backend(
                name, new MlxBackendFactory(), options -> options.with(HttpOptions.BASE_URL, server.uri()));
    }

    private static ReceivedRequest last(ScriptedMlx server) {
        return server.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
