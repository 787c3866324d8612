package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import dev.signalbox.testkit.TestContext;
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

/** What a server is shown to count, and what it means when it does not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessagesCounterTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final Upstream upstream = new Upstream(
            PluginConfig.of(HttpOptions.with(), Where.code("backends.gpu")).with(HttpOptions.BASE_URL, server.uri()),
            TestContext.named("gpu"),
            ErrorRules.shared());
    private final MessagesCounter counter = MessagesCounter.of(upstream);

    @AfterEach
    void close() {
        upstream.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anthropic.count-tokens | {\"profile\":\"p\",\"tools\":[{\"odd\": 1}],\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"new\":1.0} | {\"model\":\"m\",\"tools\":[{\"odd\": 1}],\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"new\":1.0}",
                "anthropic.messages | {\"model\":\"x\",\"max_tokens\":9,\"stream\":true,\"system\":\"S\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"thinking\":{\"type\":\"disabled\"}} | {\"model\":\"m\",\"system\":\"S\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"thinking\":{\"type\":\"disabled\"}}",
                "openai.chat | {\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"Hi\"}]} | {\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"system\":\"S\"}"
            })
    void the_prompt_is_shown_and_nothing_that_asks_for_an_answer(String dialect, String asked, String shown)
            throws Exception {
        server.replies(200, "{\"input_tokens\":92}");

        assertThat(count(dialect, asked)).hasValue(92);

        assertThat(server.request(0).path()).isEqualTo("/v1/messages/count_tokens");
        assertThat(server.request(0).text()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai.chat | {\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}",
                "openai.chat | {\"messages\":[{\"role\":\"tool\",\"content\":\"Hi\"}]}",
                "anthropic.count-tokens | {\"model\":\"x\",\"profile\":\"p\"}",
                "openai.embeddings | {}"
            })
    void what_would_have_to_be_translated_or_is_nothing_is_not_asked(String dialect, String asked) throws Exception {
        assertThat(count(dialect, asked)).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 501})
    void a_server_that_cannot_say_is_no_failure(int status) throws Exception {
        server.replies(status, "{\"error\":{\"message\":\"no\"}}");

        assertThat(count("anthropic.count-tokens", "{\"messages\":[]}")).isEmpty();
    }

    @Test
    void a_number_that_is_none_is_none() throws Exception {
        server.replies(200, "{\"input_tokens\":\"many\"}");

        assertThat(count("anthropic.count-tokens", "{\"messages\":[]}")).isEmpty();
    }

    @Test
    void a_server_that_is_gone_is_a_failure() {
        server.replies(Reply.hangUp());

        assertThat(catchThrowableOfType(
                                BackendException.class, () -> count("anthropic.count-tokens", "{\"messages\":[]}"))
                        .kind())
                .isEqualTo(FailureKind.UNREACHABLE);
    }

    private OptionalLong count(String dialect, String json) throws BackendException, InterruptedException {
        Dialect spoken = Dialect.KNOWN.stream()
                .filter(each -> each.id().equals(dialect))
                .findFirst()
                .orElseThrow();
        return counter.count(TestRequest.of(spoken, json), "m", Deadline.after(Duration.ofSeconds(20)));
    }
}
