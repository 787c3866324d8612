package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.signalbox.testkit.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiChatTest {

    private static Runtimes runtimes;
    private static Signalbox signalbox;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        runtimes = Runtimes.start();
        runtimes.say(Answer.saying("All", " clear", ".").using(11, 3));
        signalbox = Signalbox.configured(runtimes.configuration());
        client = OpenAi.client(signalbox, new Naps());
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        runtimes.close();
    }

    static List<String> targets() {
        return runtimes.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_whole_answer(String target) {
        ChatCompletion answer = client.chat().completions().create(OpenAi.asking(target));
        assertThat(OpenAi.text(answer)).isEqualTo("All clear.");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(14);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_stream_piece_by_piece(String target) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(OpenAi.asking(target))) {
            assertThat(stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .flatMap(choice -> choice.delta().content().stream())
                            .filter(piece -> !piece.isEmpty()))
                    .containsExactly("All", " clear", ".");
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void puts_a_stream_together(String target) {
        ChatCompletion answer = OpenAi.streamed(client, OpenAi.asking(target));
        assertThat(OpenAi.text(answer)).isEqualTo("All clear.");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(FinishReason.STOP);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void gets_the_tokens_of_a_stream_if_it_asks_for_them(String target) {
        ChatCompletionCreateParams asking = OpenAi.asking(target).toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        assertThat(OpenAi.streamed(client, asking).usage().orElseThrow().completionTokens())
                .isEqualTo(3);
    }
}
