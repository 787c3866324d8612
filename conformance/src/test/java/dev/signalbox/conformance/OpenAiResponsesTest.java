package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.models.responses.ResponseCreateParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that go on from earlier ones: where servers keep those, and where nobody does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(Station.Shared.class)
class OpenAiResponsesTest {

    private static final Naps NAPS = new Naps();

    private static Station station;
    private static OpenAIClient client;

    @BeforeAll
    static void start(Station shared) {
        station = shared;
        client = OpenAi.client(shared.signalbox(), NAPS);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Test
    void goes_on_from_an_earlier_answer_where_the_server_keeps_it() {
        Asked asked = Asked.of(station.at("openai/"));
        client.responses()
                .create(asking("openai/test-model").previousResponseId("resp_1").build());
        assertThat(asked.last().text()).contains("\"previous_response_id\":\"resp_1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama/tiny-model",
                "ollama/qwen3:8b",
                "chats/test-model",
                "cloud/claude-test",
                "ollama-own/qwen3:8b"
            })
    void is_told_at_once_where_the_server_keeps_none(String target) {
        Asked asked = Asked.of(station.at(target));
        BadRequestException error = catchThrowableOfType(
                BadRequestException.class,
                () -> client.responses()
                        .create(asking(target).previousResponseId("resp_1").build()));
        assertThat(error.code()).contains("previous_response_not_found");
        assertThat(error).hasMessageContaining("the whole conversation");
        assertThat(asked.times()).isZero();
        assertThat(NAPS.taken()).isEmpty();
    }

    private static ResponseCreateParams.Builder asking(String model) {
        return ResponseCreateParams.builder().model(model).input("What do the signals say?");
    }
}
