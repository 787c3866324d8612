package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request needs before Ollama takes it behind {@code /v1}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiEditsTest {

    @Test
    void a_request_that_calls_for_nothing_is_left_alone() {
        assertThat(OpenAiEdits.of(TestRequest.saying("All clear?"))).isEmpty();
        assertThat(
                        edits(
                                "\"max_tokens\":7,\"tool_choice\":\"auto\",\"n\":1,\"parallel_tool_calls\":true,\"user\":\"u\""))
                .isEmpty();
    }

    @Test
    void the_newer_limit_gets_the_name_that_ollama_reads() {
        assertThat(edits("\"max_completion_tokens\": 64"))
                .containsExactly(Edit.remove("/max_completion_tokens"), Edit.insert("/max_tokens", "64"));
    }

    @Test
    void a_limit_that_is_null_is_only_taken_out() {
        assertThat(edits("\"max_completion_tokens\":null,\"max_tokens\":7"))
                .containsExactly(Edit.remove("/max_completion_tokens"));
        assertThat(edits("\"max_completion_tokens\":64,\"max_tokens\":null"))
                .endsWith(
                        Edit.remove("/max_completion_tokens"),
                        Edit.remove("/max_tokens"),
                        Edit.insert("/max_tokens", "64"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool_choice         | \"required\"",
                "tool_choice         | {\"type\":\"function\",\"function\":{\"name\":\"look\"}}",
                "n                   | 2",
                "logit_bias          | {\"50256\":-100}",
                "parallel_tool_calls | false",
                "verbosity           | \"low\""
            })
    void what_would_be_ignored_without_a_word_is_told(String member, String value) {
        assertThat(edits("\"%s\":%s".formatted(member, value)))
                .containsExactly(Edit.remove("/" + member).dropping(member));
    }

    @Test
    void tools_that_may_not_be_called_are_not_offered() {
        assertThat(edits("\"tools\":[{}],\"tool_choice\":\"none\""))
                .containsExactly(Edit.remove("/tool_choice"), Edit.remove("/tools"));
    }

    @Test
    void a_content_of_null_becomes_empty_but_beside_tool_calls() {
        TestRequest request = TestRequest.of(Dialect.OPENAI_CHAT, """
                {"messages":[{"role":"system","content": null},{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]},
                {"role":"assistant","content":null,"tool_calls":[]},{"role":"user","content":"\\"content\\": null"}]}""");

        assertThat(OpenAiEdits.of(request))
                .containsExactly(
                        Edit.replace("/messages/0/content", "\"\""), Edit.replace("/messages/2/content", "\"\""));
    }

    @Test
    void a_developer_becomes_the_system() {
        TestRequest request = TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"messages\":[{\"role\":\"user\",\"content\":\"developer\"},{\"role\":\"developer\",\"content\":\"x\"}]}");

        assertThat(OpenAiEdits.of(request)).containsExactly(Edit.replace("/messages/1/role", "\"system\""));
    }

    @Test
    void what_the_model_thought_gets_the_name_that_ollama_reads() {
        TestRequest request = TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"messages\":[{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":\"x\"}]}");

        assertThat(OpenAiEdits.of(request)).containsExactly(Edit.rename("/messages/0/reasoning_content", "reasoning"));
    }

    @Test
    void other_dialects_have_no_messages_to_change() {
        TestRequest completion = TestRequest.of(
                Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"p\",\"suffix\":null,\"best_of\":3,\"max_tokens\":7}");

        assertThat(OpenAiEdits.of(completion))
                .containsExactly(Edit.remove("/suffix"), Edit.remove("/best_of").dropping("best_of"));
        assertThat(OpenAiEdits.of(TestRequest.of(Dialect.OPENAI_EMBEDDINGS, "{\"input\":\"i\",\"user\":null}")))
                .containsExactly(Edit.remove("/user"));
    }

    private static List<Edit> edits(String members) {
        return OpenAiEdits.of(TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + members + "}"));
    }
}
