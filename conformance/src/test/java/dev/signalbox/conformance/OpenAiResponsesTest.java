package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.signalbox.testkit.Answer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Responses API where servers have it themselves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiResponsesTest {

    private static final Naps NAPS = new Naps();

    private static Runtimes runtimes;
    private static Signalbox signalbox;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        runtimes = Runtimes.start();
        runtimes.say(Answer.saying("All", " clear", ".").using(11, 3));
        signalbox = Signalbox.configured(runtimes.configuration());
        client = OpenAi.client(signalbox, NAPS);
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        runtimes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/test-model", "vllm/test-model", "llama/tiny-model", "ollama/qwen3:8b"})
    void understands_a_whole_answer_and_a_stream(String target) {
        Response whole = client.responses().create(asking(target).build());
        assertThat(text(whole)).isEqualTo("All clear.");
        assertThat(whole.usage().orElseThrow().inputTokens()).isEqualTo(11);
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(asking(target).build())) {
            assertThat(stream.stream()
                            .flatMap(event -> event.outputTextDelta().stream())
                            .map(delta -> delta.delta()))
                    .containsExactly("All", " clear", ".");
        }
    }

    @Test
    void goes_on_from_an_earlier_answer_where_the_server_keeps_it() {
        Asked asked = Asked.of(runtimes.at("openai/"));
        client.responses()
                .create(asking("openai/test-model").previousResponseId("resp_1").build());
        assertThat(asked.last().text()).contains("\"previous_response_id\":\"resp_1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama/tiny-model", "ollama/qwen3:8b"})
    void is_told_at_once_where_the_server_keeps_none(String target) {
        Asked asked = Asked.of(runtimes.at(target));
        BadRequestException error = catchThrowableOfType(
                BadRequestException.class,
                () -> client.responses()
                        .create(asking(target).previousResponseId("resp_1").build()));
        assertThat(error.code()).contains("previous_response_not_found");
        assertThat(error).hasMessageContaining("send the whole conversation");
        assertThat(asked.times()).isZero();
        assertThat(NAPS.taken()).isEmpty();
    }

    private static ResponseCreateParams.Builder asking(String model) {
        return ResponseCreateParams.builder().model(model).input("What do the signals say?");
    }

    private static String text(Response answer) {
        return answer.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(text -> text.text())
                .collect(Collectors.joining());
    }
}
