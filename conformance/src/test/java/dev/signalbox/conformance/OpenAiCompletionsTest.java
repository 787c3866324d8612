package dev.signalbox.conformance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice.FinishReason;
import com.openai.models.completions.CompletionCreateParams;
import dev.signalbox.testkit.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(Station.Shared.class)
class OpenAiCompletionsTest {

    private static Station station;
    private static OpenAIClient client;

    @BeforeAll
    static void start(Station shared) {
        station = shared;
        client = OpenAi.client(shared.signalbox(), new Naps());
    }

    @BeforeEach
    void say() {
        station.say(Answer.saying(" and", " go", "."));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    static List<String> targets() {
        return station.targets(Runtimes.Able.COMPLETE);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void completes_a_prompt(String target) {
        Completion answer = client.completions().create(stopping(target));
        assertThat(answer.choices().getFirst().text()).isEqualTo(" and go.");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(FinishReason.STOP);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void completes_a_prompt_piece_by_piece(String target) {
        try (StreamResponse<Completion> stream = client.completions().createStreaming(stopping(target))) {
            String text = stream.stream()
                    .map(piece -> piece.choices().getFirst().text())
                    .collect(joining("|"));
            assertThat(text).isEqualTo(" and| go|.|");
        }
    }

    private static CompletionCreateParams stopping(String target) {
        return CompletionCreateParams.builder().model(target).prompt("Stop").build();
    }
}
