package dev.signalbox.backend.vllm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.TokenCounter;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedVllm;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many tokens a prompt has is asked of the model's own tokenizer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TokensTest {

    private final ScriptedVllm vllm = ScriptedVllm.start();
    private final Backend backend = Backends.at(vllm.uri());
    private final TokenCounter counter = backend.ability(TokenCounter.class).orElseThrow();

    @AfterEach
    void end() {
        backend.close();
        vllm.close();
    }

    @Test
    void counts_a_chat() throws Exception {
        TestRequest request = TestRequest.saying("Is the line between the junction and the tunnel clear?");

        assertThat(count(request)).hasValue(request.approximateTokens());
        assertThat(vllm.server().generations()).isZero();
    }

    @Test
    void sends_what_the_prompt_is_made_of_and_nothing_else() throws Exception {
        count(Dialect.OPENAI_CHAT, """
                {"model":"alias","stream":true,"max_tokens":7,"temperature":0.1,"tool_choice":"auto",
                "messages":[{"role":"developer","content":"Be brief"},{"role":"user","content":"Hi"}],
                "tools":[{"type":"function","function":{"name":"look"}}],"chat_template_kwargs":{"thinking":false},
                "chat_template":null}""");

        assertThat(sent())
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":\"Hi\"}],"
                                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}],"
                                + "\"chat_template_kwargs\":{\"thinking\":false},\"model\":\"test-model\"}");
    }

    @Test
    void counts_a_prompt_and_a_text_to_embed() throws Exception {
        assertThat(count(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"once upon a time\"}"))
                .isPresent();
        assertThat(sent()).isEqualTo("{\"prompt\":\"once upon a time\",\"model\":\"test-model\"}");

        assertThat(count(Dialect.OPENAI_EMBEDDINGS, "{\"input\":\"a\"}")).isPresent();
        assertThat(sent()).isEqualTo("{\"prompt\":\"a\",\"model\":\"test-model\"}");
    }

    @Test
    void counts_plain_conversations_of_other_dialects() throws Exception {
        vllm.server().on("/v1/messages/count_tokens", Reply.status(404)); // an older version
        count(
                Dialect.ANTHROPIC_COUNT_TOKENS,
                "{\"system\":\"Be brief\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}]}");

        assertThat(sent())
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":\"Hi\"}],"
                                + "\"model\":\"test-model\"}");
    }

    @Test
    void has_requests_of_anthropics_api_counted_as_they_are() throws Exception {
        String asked =
                "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":[{\"name\":\"f\"}]}";

        assertThat(count(Dialect.ANTHROPIC_COUNT_TOKENS, asked)).isPresent();

        assertThat(vllm.server().requests().getLast().path()).isEqualTo("/v1/messages/count_tokens");
        assertThat(sent()).isEqualTo(asked.replace("\"x\"", "\"test-model\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai.chat | {}",
                "openai.chat | {\"messages\":\"Hi\"}",
                "openai.chat | {\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}]}]}",
                "openai.completions | {\"prompt\":[1,2,3]}",
                "openai.embeddings  | {\"input\":[\"a\",\"b\"]}",
                "ollama.chat | {\"messages\":[{\"role\":\"tool\",\"content\":\"12\"}]}",
                "ollama.chat | {\"messages\":[]}"
            })
    void what_cannot_be_told_is_not_asked(String dialect, String body) throws Exception {
        assertThat(count(dialectOf(dialect), body)).isEmpty();
        assertThat(vllm.server().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"count\":-1}",
                "{\"count\":\"7\"}",
                "{\"count\":1.5}",
                "[]",
                "<html>",
                "{\"count\":99999999999999999999}"
            })
    void an_answer_that_makes_no_sense_is_none(String answer) throws Exception {
        vllm.server().on("/tokenize", Reply.text(200, answer));

        assertThat(count(TestRequest.saying("Hi"))).isEmpty();
    }

    @Test
    void a_server_that_does_not_count_is_no_failure_and_one_that_is_gone_is() throws Exception {
        vllm.server().on("/tokenize", Reply.status(404));
        assertThat(count(TestRequest.saying("Hi"))).isEmpty();

        vllm.server().on("/tokenize", Reply.hangUp());
        assertThat(catchThrowableOfType(BackendException.class, () -> count(TestRequest.saying("Hi")))
                        .kind())
                .isEqualTo(FailureKind.UNREACHABLE);
    }

    private static Dialect dialectOf(String id) {
        return switch (id) {
            case "openai.completions" -> Dialect.OPENAI_COMPLETIONS;
            case "openai.embeddings" -> Dialect.OPENAI_EMBEDDINGS;
            case "ollama.chat" -> Dialect.OLLAMA_CHAT;
            default -> Dialect.OPENAI_CHAT;
        };
    }

    private OptionalLong count(Dialect dialect, String body) throws Exception {
        return count(TestRequest.of(dialect, body));
    }

    private OptionalLong count(TestRequest request) throws Exception {
        return counter.count(request, "test-model", Deadline.after(Duration.ofSeconds(20)));
    }

    private String sent() {
        return vllm.server().requests().getLast().text();
    }
}
