package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiManyTest {

    private static final int MANY = 100;

    private static Signalbox signalbox;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        signalbox = Signalbox.configured("backends: { demo: { type: echo } }");
        client = OpenAi.client(signalbox, new Naps());
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_of_many_at_once_gets_its_own_answer(boolean streamed) {
        List<CompletableFuture<String>> answers = IntStream.range(0, MANY)
                .mapToObj(i -> inBackground(streamed, "What does signal %d say?".formatted(i)))
                .toList();
        for (int i = 0; i < MANY; i++) {
            assertThat(answers.get(i).join()).isEqualTo("What does signal %d say?", i);
        }
    }

    private static CompletableFuture<String> inBackground(boolean streamed, String question) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(OpenAi.text(ask(streamed, question)));
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private static ChatCompletion ask(boolean streamed, String question) {
        ChatCompletionCreateParams asking = ChatCompletionCreateParams.builder()
                .model("demo/demo")
                .addUserMessage(question)
                .build();
        return streamed
                ? OpenAi.streamed(client, asking)
                : client.chat().completions().create(asking);
    }
}
