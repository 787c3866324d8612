package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OllamaTranslatingTest extends EngineFixture {

    @BeforeEach
    void a_backend_that_speaks_openai_only() {
        layout.backend("gpu", "m");
        backends.dialects = Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_EMBEDDINGS);
        backends.on("gpu", Chat.says("Hi"));
    }

    private static RouteRequest request(Dialect dialect, String body) {
        return RouteRequest.of(dialect, Body.of(body.replace('\'', '"')));
    }

    @Test
    void a_chat_is_streamed_in_lines_unless_it_is_told_not_to() throws Exception {
        String lines =
                bytes(request(Dialect.OLLAMA_CHAT, "{'model':'gpu/m','messages':[{'role':'user','content':'Hi'}]}"));

        assertThat(lines.lines().toList().getFirst())
                .contains("\"content\":\"Hi\"}")
                .endsWith("\"done\":false}");
        assertThat(lines.lines().toList().getLast()).contains("\"done\":true,\"done_reason\":\"stop\"");
        assertThat(backends.body("gpu")).contains("\"stream_options\":{\"include_usage\":true}");
    }

    @Test
    void a_prompt_is_answered_as_a_whole() throws Exception {
        assertThat(bytes(request(Dialect.OLLAMA_GENERATE, "{'model':'gpu/m','prompt':'Hi','stream':false}")))
                .contains("\"response\":\"Hi\"")
                .contains("\"done_reason\":\"stop\"")
                .contains("\"prompt_eval_count\":3")
                .contains("\"eval_count\":5");
    }

    @Test
    void an_empty_prompt_loads_the_model() throws Exception {
        assertThat(bytes(request(Dialect.OLLAMA_GENERATE, "{'model':'gpu/m'}")).strip())
                .contains("\"response\":\"\"")
                .endsWith("\"done\":true,\"done_reason\":\"load\"}");
        assertThat(backends.body("gpu")).contains("\"max_tokens\":1");
    }

    @Test
    void unloading_is_refused_where_it_cannot_be_said() throws Exception {
        Unroutable refused =
                refused(Unroutable.class, request(Dialect.OLLAMA_GENERATE, "{'model':'gpu/m','keep_alive':0}"));

        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().message()).contains("keep_alive: it unloads the model");
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void vectors_are_told_in_the_order_of_the_texts() throws Exception {
        backends.on(
                "gpu",
                call -> Tape.json("{\"data\":[{\"index\":1,\"embedding\":[0.25]},{\"index\":0,\"embedding\":[0.50]}],"
                        + "\"usage\":{\"prompt_tokens\":4}}"));

        try (RoutedResponse response = ask(request(
                Dialect.OLLAMA_EMBED,
                "{'model':'gpu/m','input':['a','b'],'truncate':true,'keep_alive':'5m','options':{'num_ctx':9}}"))) {
            assertThat(response.body().readAllBytes())
                    .asString()
                    .startsWith("{\"model\":\"m\",\"embeddings\":[[0.50],[0.25]],")
                    .endsWith("\"prompt_eval_count\":4}");
            assertThat(response.trace().dropped()).containsExactly("options");
        }
        assertThat(backends.body("gpu")).isEqualTo("{\"input\":[\"a\",\"b\"],\"model\":\"m\"}");
    }

    @Test
    void the_vector_of_a_prompt_is_told_as_older_clients_look_for_it() throws Exception {
        backends.on("gpu", call -> Tape.json("{\"data\":[{\"index\":0,\"embedding\":[0.50,-1]}],\"usage\":{}}"));

        try (RoutedResponse response =
                ask(request(Dialect.OLLAMA_EMBEDDINGS, "{'model':'gpu/m','prompt':'a','keep_alive':'5m'}"))) {
            assertThat(response.body().readAllBytes()).asString().isEqualTo("{\"embedding\":[0.50,-1]}");
            assertThat(response.trace().dropped()).isEmpty();
        }
        assertThat(backends.body("gpu")).isEqualTo("{\"input\":\"a\",\"model\":\"m\"}");
    }
}
