package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.TokenCounter;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens are counted as the model would, and never at the price of loading it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CounterTest {

    /** What the double makes of one message, a token for each four characters. */
    private static final int ONE_MESSAGE =
            ("<|im_start|>user\nSay hello<|im_end|>\n<|im_start|>assistant\n".length() + 3) / 4;

    private final ScriptedLlamaServer llama = ScriptedLlamaServer.start();
    private final Backend backend = Backends.at(llama.uri());
    private final TokenCounter counter = backend.ability(TokenCounter.class).orElseThrow();

    @AfterEach
    void end() {
        backend.close();
        llama.close();
    }

    @Test
    void counts_the_prompt_that_a_chat_becomes() throws Exception {
        String chat =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}],\"tools\":[{\"odd\": 1}],\"seed\":7}";

        assertThat(count(Dialect.OPENAI_CHAT, chat)).hasValue(ONE_MESSAGE);

        ReceivedRequest template = asked("/apply-template");
        assertThat(template.text())
                .isEqualTo("{\"model\":\"tiny-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}],"
                        + "\"tools\":[{\"odd\": 1}]}");
        assertThat(asked("/tokenize").text()).contains("\"add_special\":true", "\"parse_special\":true");
    }

    @Test
    void counts_plain_talk_of_any_dialect() throws Exception {
        String talk = "{\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";

        assertThat(count(Dialect.OLLAMA_CHAT, talk)).hasValue(ONE_MESSAGE);
    }

    @Test
    void has_requests_of_anthropics_api_counted_as_they_are_and_loads_nothing_for_it() throws Exception {
        String asked =
                "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}],\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]}";

        assertThat(count(Dialect.ANTHROPIC_COUNT_TOKENS, asked)).isPresent();

        assertThat(asked("/v1/messages/count_tokens").text()).isEqualTo(asked.replace("\"x\"", "\"tiny-model\""));
        assertThat(asked("/v1/messages/count_tokens").target()).endsWith("?autoload=false");
    }

    @Test
    void an_older_server_counts_plain_talk_of_anthropics_api_by_the_template() throws Exception {
        llama.server().on("/v1/messages/count_tokens", Reply.json(404, "{\"error\":{\"message\":\"File Not Found\"}}"));
        String talk =
                "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Say hello\"}]}]}";

        assertThat(count(Dialect.ANTHROPIC_COUNT_TOKENS, talk)).hasValue(ONE_MESSAGE);
        assertThat(count(
                        Dialect.ANTHROPIC_COUNT_TOKENS,
                        talk.replace("\"max_tokens\":9", "\"tools\":[{\"name\":\"f\"}]")))
                .isEmpty();
    }

    @Test
    void counts_the_text_of_a_plain_prompt() throws Exception {
        assertThat(count(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"12345678\"}"))
                .hasValue(2);
        assertThat(count(Dialect.OPENAI_EMBEDDINGS, "{\"input\":\"12345678\"}")).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai | {\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}]}]}",
                "anthropic | {\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"\"}}]}]}"
            })
    void says_nothing_where_it_would_have_to_guess(String family, String json) throws Exception {
        Dialect dialect = family.equals("openai") ? Dialect.OPENAI_CHAT : Dialect.ANTHROPIC_MESSAGES;

        assertThat(count(dialect, json)).isEmpty();
    }

    @Test
    void several_prompts_are_not_one() throws Exception {
        assertThat(count(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":[\"a\",\"b\"]}"))
                .isEmpty();
    }

    @Test
    void loads_nothing_and_wakes_nobody() throws Exception {
        llama.sleeps();
        assertThat(count(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"Hi\"}")).isEmpty();
        assertThat(llama.asleep()).isTrue();

        llama.routing(LlamaModel.named("tiny-model"));
        assertThat(count(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"Hi\"}")).isEmpty();
        assertThat(llama.resident()).isEmpty();

        llama.loaded("tiny-model");
        assertThat(count(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"Hi\"}")).hasValue(1);
        assertThat(asked("/tokenize").target()).contains("autoload=false");
    }

    @Test
    void a_server_that_cannot_say_is_no_failure_and_one_that_is_gone_is() {
        llama.server().on("/apply-template", Reply.json(404, "{\"error\":{\"message\":\"File Not Found\"}}"));
        llama.server().on("/tokenize", Reply.hangUp());

        assertThat(catchThrowableOfType(BackendException.class, () -> {
                            String chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
                            assertThat(count(Dialect.OPENAI_CHAT, chat)).isEmpty();
                            count(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"Hi\"}");
                        })
                        .kind())
                .isEqualTo(FailureKind.UNREACHABLE);
    }

    private OptionalLong count(Dialect dialect, String json) throws BackendException, InterruptedException {
        return counter.count(TestRequest.of(dialect, json), "tiny-model", Deadline.after(Duration.ofSeconds(20)));
    }

    private ReceivedRequest asked(String path) {
        return llama.server().requests().stream()
                .filter(request -> request.path().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
