package dev.signalbox.backend.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.Backend;
import dev.signalbox.testkit.ScriptedVllm;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request needs before vLLM takes it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VllmEditsTest {

    @Test
    void a_request_that_calls_for_nothing_is_left_alone() throws Exception {
        assertThat(edits(true, chat("\"max_tokens\":64"))).isEmpty();
    }

    @Test
    void a_developer_becomes_the_system_and_what_is_null_goes() throws Exception {
        TestRequest request = TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"messages\":[{\"role\":\"developer\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":\"Hi\"}],"
                        + "\"seed\":null}");

        assertThat(edits(true, request))
                .containsExactlyInAnyOrder(Edit.remove("/seed"), Edit.replace("/messages/0/role", "\"system\""));
    }

    @Test
    void a_limit_that_does_not_fit_is_lowered_and_the_client_is_told() throws Exception {
        assertThat(edits(true, chat("\"max_tokens\":128000"))).singleElement().satisfies(edit -> {
            assertThat(edit.pointer()).isEqualTo("/max_tokens");
            assertThat(edit.drops()).contains("max_tokens");
            assertThat(Long.parseLong(edit.json())).isBetween(3_900L, 4_095L);
        });
        assertThat(edits(false, chat("\"max_tokens\":128000"))).isEmpty();
    }

    @Test
    void the_context_is_that_of_the_model_as_it_was_listed_last() throws Exception {
        try (ScriptedVllm vllm = ScriptedVllm.start();
                Backend backend = Backends.at(vllm.uri())) {
            TestRequest request = chat("\"max_tokens\":30000");
            assertThat(backend.edits(request, "test-model")).as("not known yet").isEmpty();

            vllm.context(20_000);
            backend.probe(Deadline.after(Duration.ofSeconds(20)));
            assertThat(backend.edits(request, "test-model")).hasSize(1);
            assertThat(backend.edits(request, "another")).isEmpty();
        }
    }

    @Test
    void both_names_of_the_limit_are_lowered() {
        assertThat(fit(chat("\"max_tokens\":9000,\"max_completion_tokens\":9001"), 8_000))
                .extracting(Edit::pointer)
                .containsExactly("/max_tokens", "/max_completion_tokens");
        assertThat(fit(chat("\"max_tokens\":100,\"max_completion_tokens\":9001"), 8_000))
                .extracting(Edit::pointer)
                .containsExactly("/max_completion_tokens");
    }

    @Test
    void a_prompt_that_nearly_fills_the_context_is_left_to_the_server() {
        assertThat(fit(chat("\"max_tokens\":9000"), 200)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"max_tokens\":null",
                "\"max_tokens\":-5",
                "\"max_tokens\":\"9000\"",
                "\"max_tokens\":1e9",
                "\"max_tokens\":99999999999999999999",
                "\"n\":1"
            })
    void what_is_no_limit_is_not_changed(String member) {
        assertThat(fit(chat(member), 8_000)).isEmpty();
    }

    @Test
    void only_answers_have_a_limit() {
        assertThat(fit(TestRequest.of(Dialect.OPENAI_EMBEDDINGS, "{\"input\":\"i\",\"max_tokens\":9000}"), 8_000))
                .isEmpty();
        assertThat(fit(TestRequest.of(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"i\",\"max_tokens\":9000}"), 8_000))
                .hasSize(1);
        assertThat(fit(TestRequest.of(Dialect.ANTHROPIC_MESSAGES, "{\"messages\":[],\"max_tokens\":9000}"), 8_000))
                .hasSize(1);
    }

    private static List<Edit> fit(TestRequest request, long context) {
        return Fit.edits(request, OptionalLong.of(context));
    }

    private static List<Edit> edits(boolean fits, TestRequest request) throws Exception {
        try (ScriptedVllm vllm = ScriptedVllm.start().context(4_096);
                Backend backend =
                        Backends.make(Backends.config(vllm.uri()).with(VllmBackendFactory.FIT_MAX_TOKENS, fits))) {
            backend.probe(Deadline.after(Duration.ofSeconds(20)));
            return backend.edits(request, "test-model");
        }
    }

    private static TestRequest chat(String members) {
        return TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + members + "}");
    }
}
