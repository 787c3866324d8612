package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.Backend;
import dev.signalbox.testkit.TestRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which context models are asked to have. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NumCtxTest {

    private static final NumCtx CONTEXTS = contexts();

    private static NumCtx contexts() {
        Map<String, Long> tokens = new LinkedHashMap<>();
        tokens.put("qwen*", 65_536L);
        tokens.put("qwen3", 8_192L);
        tokens.put("qwen?:*", 1L);
        tokens.put("gemma*", 16_384L);
        return new NumCtx(tokens);
    }

    @ParameterizedTest
    @CsvSource({"qwen3:latest, 8192", "Qwen3, 8192", "qwen3:8b, 65536", "gemma4:e4b, 16384"})
    void a_name_beats_patterns_and_the_first_of_these_the_others(String model, long tokens) {
        assertThat(CONTEXTS.of(model)).hasValue(tokens);
    }

    @Test
    void a_model_of_which_nothing_is_said_is_left_alone() {
        assertThat(CONTEXTS.of("llama3")).isEmpty();
        assertThat(edits("{\"messages\":[]}", "llama3")).isEmpty();
    }

    @Test
    void is_put_where_the_request_has_no_word_of_it() {
        assertThat(edits("{\"messages\":[]}", "qwen3")).containsExactly(Edit.insert("/options", "{\"num_ctx\":8192}"));
        assertThat(edits("{\"options\":{\"seed\":1}}", "qwen3"))
                .containsExactly(Edit.insert("/options/num_ctx", "8192"));
        assertThat(edits("{\"options\":null}", "qwen3"))
                .containsExactly(Edit.replace("/options", "{\"num_ctx\":8192}"));
    }

    @Test
    void what_cannot_hold_it_is_left_to_the_server_to_refuse() {
        assertThat(edits("{\"options\":[]}", "qwen3")).isEmpty();
        assertThat(edits("{\"options\":\"seed\"}", "qwen3")).isEmpty();
    }

    @Test
    void the_client_knows_better() {
        assertThat(edits("{\"options\":{\"num_ctx\":4096}}", "qwen3")).isEmpty();
    }

    @Test
    void a_model_is_loaded_with_what_the_request_says_or_else_with_what_is_said_here() {
        assertThat(wanted("{\"options\":{\"num_ctx\":4096}}")).hasValue(4_096);
        assertThat(wanted("{\"options\":{\"seed\":1}}")).hasValue(8_192);
        assertThat(wanted("{\"options\":{\"num_ctx\":-1}}")).hasValue(8_192);
        assertThat(wanted("{\"options\":{\"num_ctx\":\"much\"}}")).hasValue(8_192);
        assertThat(wanted("{\"options\":{\"num_ctx\":12345678901234567890}}")).hasValue(8_192);
        assertThat(CONTEXTS.wanted(TestRequest.of(Dialect.OPENAI_CHAT, "{\"options\":{\"num_ctx\":4096}}"), "qwen3"))
                .as("a member that is Ollama's means nothing in another API")
                .hasValue(8_192);
    }

    @Test
    void the_other_apis_have_no_word_for_it() {
        try (Backend ollama = Backends.at(URI.create("http://127.0.0.1:1"))) {
            TestRequest request = TestRequest.of(Dialect.OLLAMA_CHAT, "{\"options\":{\"num_ctx\":4096}}");

            assertThat(ollama.contextWanted(request, Dialect.OLLAMA_CHAT, "qwen3"))
                    .hasValue(4_096);
            assertThat(ollama.contextWanted(request, Dialect.OPENAI_CHAT, "qwen3"))
                    .isEmpty();
        }
    }

    private static OptionalLong wanted(String json) {
        return CONTEXTS.wanted(TestRequest.of(Dialect.OLLAMA_CHAT, json), "qwen3");
    }

    private static List<Edit> edits(String json, String model) {
        return CONTEXTS.edits(TestRequest.of(Dialect.OLLAMA_CHAT, json), model);
    }
}
