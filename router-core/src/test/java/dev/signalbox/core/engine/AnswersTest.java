package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Usage;
import dev.signalbox.core.config.EngineSettings.Expose;
import dev.signalbox.spi.RouterEvent;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswersTest extends EngineFixture {

    @BeforeEach
    void one_backend() {
        layout.backend("gpu", "m").profile("coding", "gpu/m");
        backends.on("gpu", Chat.says("Hello"));
    }

    @Test
    void a_whole_answer_passes_byte_for_byte() throws Exception {
        String odd = Chat.whole("Hello").replace("\"id\":\"c1\"", "\"id\" : \"c1\", \"x_unknown\":1.0e0");
        backends.on("gpu", call -> Tape.json(odd));
        assertThat(bytes(chat("gpu/m"))).isEqualTo(odd);
    }

    @Test
    void a_streamed_answer_passes_byte_for_byte_but_for_what_came_before_the_content() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.PING, Chat.stream("Hel", "lo"), "\n"));
        assertThat(bytes(stream("gpu/m"))).isEqualTo(Chat.stream("Hel", "lo") + "\n");
    }

    @Test
    void comments_after_the_first_content_pass() throws Exception {
        String all = Chat.text("Hello") + Chat.PING + Chat.FINISH + Chat.DONE;
        backends.on("gpu", call -> Tape.sse(all));
        assertThat(bytes(stream("gpu/m"))).isEqualTo(all);
    }

    @Test
    void a_request_passes_byte_for_byte_but_for_the_model_and_our_own_field() throws Exception {
        String odd =
                "{ \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"profile\":\"coding\", \"x\":1.0e0,\"model\":\"whatever\" }";
        bytes(body(odd));
        assertThat(backends.body("gpu"))
                .isEqualTo("{ \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"x\":1.0e0,\"model\":\"m\" }");
    }

    @Test
    void a_request_without_a_model_gets_one() throws Exception {
        layout.defaultTo("coding");
        bytes(body("{\"messages\":[]}"));
        assertThat(backends.body("gpu")).isEqualTo("{\"messages\":[],\"model\":\"m\"}");
    }

    @Test
    void embeddings_pass_too() throws Exception {
        String answer =
                "{\"object\":\"list\",\"data\":[{\"embedding\":[0.1],\"index\":0}],\"usage\":{\"prompt_tokens\":2}}";
        backends.on("gpu", call -> Tape.json(answer));
        RouteRequest request =
                RouteRequest.of(Dialect.OPENAI_EMBEDDINGS, Body.of("{\"model\":\"gpu/m\",\"input\":\"Hi\"}"));
        assertThat(bytes(request)).isEqualTo(answer);
        assertThat(backends.body("gpu")).isEqualTo("{\"model\":\"m\",\"input\":\"Hi\"}");
    }

    @Test
    void the_text_of_an_answer_is_the_same_streamed_or_not() throws Exception {
        backends.on(
                "gpu", call -> call.streamed() ? Tape.sse(Chat.stream("Hel", "lo")) : Tape.json(Chat.whole("Hello")));
        try (RoutedResponse whole = ask(chat("gpu/m"));
                RoutedResponse streamed = ask(stream("gpu/m"))) {
            assertThat(whole.streamed()).isFalse();
            assertThat(whole.text()).isEqualTo("Hello");
            assertThat(streamed.streamed()).isTrue();
            assertThat(streamed.text()).isEqualTo("Hello");
        }
    }

    @Test
    void an_answer_can_be_read_frame_by_frame_without_end_marks() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.stream("Hel", "lo")));
        try (RoutedResponse response = ask(stream("gpu/m"))) {
            assertThat(StreamSupport.stream(response.frames().spliterator(), false)
                            .map(AnswerFrame::text))
                    .containsExactly("", "Hel", "lo", "");
        }
    }

    @Test
    void headers_tell_who_answered_and_how_to_find_the_trace() throws Exception {
        backends.on("gpu", call -> Tape.json(Chat.whole("Hello")).header("x-ratelimit-limit", "7"));
        try (RoutedResponse response = ask(chat("gpu/m"))) {
            String id = response.trace().id();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers().first("X-Signalbox-Target")).contains("gpu/m");
            assertThat(response.headers().first("X-Signalbox-Steps")).contains("gpu/m=answered");
            assertThat(response.headers().first("X-Signalbox-Trace")).contains(id);
            assertThat(response.headers().first("x-request-id")).contains(id);
            assertThat(response.headers().first("content-type")).contains("application/json");
            assertThat(response.headers().first("x-ratelimit-limit")).contains("7");
            assertThat(response.headers().first("X-Signalbox-Dropped")).isEmpty();
        }
    }

    @Test
    void nothing_but_the_id_is_told_where_nothing_is_exposed() throws Exception {
        layout.expose(Expose.NONE);
        try (RoutedResponse response = ask(chat("gpu/m"))) {
            assertThat(response.headers().toString()).doesNotContain("signalbox");
            assertThat(response.headers().first("x-request-id"))
                    .contains(response.trace().id());
        }
    }

    @Test
    void the_tokens_are_known_at_the_end() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello") + Chat.FINISH, Chat.USAGE + Chat.DONE));
        try (RoutedResponse response = ask(stream("gpu/m"))) {
            read(response);
            assertThat(response.usage()).contains(Usage.reported(3, 5));
        }
        assertThat(heard.only(RouterEvent.Finished.class).usage()).contains(Usage.reported(3, 5));
    }

    @Test
    void the_trace_tells_the_whole_decision() throws Exception {
        try (RoutedResponse response = ask(chat("gpu/m"))) {
            read(response);
            RouteTrace trace = response.trace();
            assertThat(trace.model()).isEqualTo("gpu/m");
            assertThat(trace.chosenBy()).isEqualTo("target");
            assertThat(trace.edits()).containsExactly("replace /model");
            assertThat(trace.outcome()).contains(RouteTrace.Outcome.ANSWERED);
            assertThat(trace.target())
                    .hasValueSatisfying(target -> assertThat(target).hasToString("gpu/m"));
        }
    }
}
