package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests for whole answers are made requests for streams. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AsStreamTest {

    private static final String COUNTED = "{\"include_usage\":true}";

    @Test
    void a_chat_is_asked_for_as_a_stream_that_is_counted() {
        assertThat(AsStream.of(TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":[]}")))
                .containsExactly(Edit.insert("/stream", "true"), Edit.insert("/stream_options", COUNTED));
    }

    @Test
    void messages_and_responses_are_counted_unasked() {
        for (Dialect dialect : List.of(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_RESPONSES)) {
            assertThat(AsStream.of(TestRequest.of(dialect, "{\"model\":\"qwen\"}")))
                    .containsExactly(Edit.insert("/stream", "true"));
        }
    }

    @Test
    void what_is_said_already_is_replaced() {
        String json = "{\"prompt\":\"Hi\",\"stream\":false,\"stream_options\":null}";

        assertThat(AsStream.of(TestRequest.of(Dialect.OPENAI_COMPLETIONS, json)))
                .containsExactly(Edit.replace("/stream", "true"), Edit.replace("/stream_options", COUNTED));
    }

    @Test
    void a_stream_stays_as_it_is() {
        assertThat(AsStream.of(TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":[],\"stream\":true}")))
                .isEmpty();
    }

    @Test
    void what_generates_nothing_stays_as_it_is() {
        assertThat(AsStream.of(TestRequest.of(Dialect.OPENAI_EMBEDDINGS, "{\"input\":\"Hi\"}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"logprobs\":true", "\"logprobs\":5", "\"n_probs\":2"})
    void probabilities_beside_tools_are_had_only_without_a_stream(String wish) {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

        assertThat(AsStream.of(TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":[],%s,%s}".formatted(tools, wish))))
                .isEmpty();
        assertThat(AsStream.of(TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":[],%s}".formatted(wish))))
                .hasSize(2);
        assertThat(AsStream.of(
                        TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":[],\"tools\":[],%s}".formatted(wish))))
                .hasSize(2);
        assertThat(AsStream.of(TestRequest.of(
                        Dialect.OPENAI_CHAT, "{\"messages\":[],%s,\"logprobs\":false}".formatted(tools))))
                .hasSize(2);
    }
}
