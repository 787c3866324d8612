package dev.signalbox.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.Router;
import dev.signalbox.core.RouterBuilder;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedOpenAi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What becomes of requests behind the engine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiRoutingTest {

    private final ScriptedOpenAi tgi = ScriptedOpenAi.start(Flavor.TGI).serving("org/llama");
    private final ScriptedOpenAi sglang = ScriptedOpenAi.start(Flavor.SGLANG).serving("org/llama");
    private final Router router = backend(backend(Router.builder(), "tgi", tgi), "sglang", sglang)
            .profile("both", "tgi/org/llama", "sglang/org/llama")
            .build();

    @AfterEach
    void end() {
        router.close();
        tgi.close();
        sglang.close();
    }

    @Test
    void a_server_is_called_by_its_own_name_whatever_it_lists() throws Exception {
        ask(
                "{\"model\":\"both\",\"top_p\":1.0,\"stop\":\"END\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(last(tgi).text())
                .isEqualTo(
                        "{\"model\":\"tgi\",\"stop\":[\"END\"],\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    @Test
    void what_one_server_cannot_do_at_once_goes_to_the_next() throws Exception {
        RouteTrace trace = ask(
                "{\"model\":\"both\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}],"
                        + "\"response_format\":{\"type\":\"json_object\"},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(trace.steps())
                .extracting(RouteTrace.Step::brief)
                .contains("tgi/org/llama=unsupported", "sglang/org/llama=answered");
        assertThat(tgi.server().generations()).isZero();
    }

    @Test
    void an_error_that_is_told_inside_a_stream_moves_on_to_the_next() throws Exception {
        tgi.refuses(429, "Model is overloaded");

        RouteTrace trace =
                ask("{\"model\":\"both\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(trace.steps())
                .extracting(RouteTrace.Step::brief)
                .contains("tgi/org/llama=overloaded", "sglang/org/llama=answered");
    }

    private RouteTrace ask(String json) throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.of(Dialect.OPENAI_CHAT, Body.of(json)))) {
            answer.text();
            return answer.trace();
        }
    }

    private static RouterBuilder backend(RouterBuilder router, String preset, ScriptedOpenAi server) {
        return router.backend(
                preset,
                new OpenAiBackendFactory(),
                options -> options.with(HttpOptions.BASE_URL, server.uri()).with(OpenAiBackendFactory.PRESET, preset));
    }

    private static ReceivedRequest last(ScriptedOpenAi server) {
        return server.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
