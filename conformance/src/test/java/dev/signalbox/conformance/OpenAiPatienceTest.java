package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Servers that take their time. A client that asks for a stream has it at the first sign of life, before the server has
 * said a word.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiPatienceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ScriptedOpenAi gpu;
    private static ScriptedLlamaServer llama;
    private static Signalbox signalbox;
    private static OpenAIClient client;
    private static Naps naps;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start();
        llama = ScriptedLlamaServer.start();
        signalbox = Signalbox.configured("""
                server: { heartbeat-after: 1s, heartbeat-every: 1s }
                backends:
                  gpu: { type: openai, base-url: "%s", models: [ test-model ] }
                  llama: { type: openai, base-url: "%s", models: [ tiny-model ] }
                """, gpu.uri(), llama.uri());
        naps = new Naps();
        client = OpenAi.client(signalbox, naps);
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        gpu.close();
        llama.close();
    }

    @AfterEach
    void repair() {
        gpu.recovers();
    }

    @Test
    void signs_of_life_are_no_part_of_the_answer() {
        Gate thinking = Gate.closed();
        gpu.sends(good -> good.headWaitsFor(thinking));
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(OpenAi.asking("gpu/test-model"))) {
            thinking.open();
            assertThat(stream.stream().flatMap(chunk -> chunk.choices().getFirst().delta().content().stream()))
                    .containsExactly("", "All", " signals", " are", " green", ".");
        }
    }

    @Test
    void a_failure_after_a_sign_of_life_is_raised_from_the_stream() {
        Gate thinking = Gate.closed();
        gpu.sends(good -> Reply.json(500, "{\"error\":{\"message\":\"The engine died.\"}}")
                .headWaitsFor(thinking));
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(OpenAi.asking("gpu/test-model"))) {
            thinking.open();
            assertThatThrownBy(() -> stream.stream().toList())
                    .isInstanceOf(SseException.class)
                    .hasMessageContaining("The engine died.");
        }
    }

    @Test
    void a_server_that_is_loading_is_waited_for() {
        llama.loading(true);
        Asked asked = Asked.of(llama);
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                () -> OpenAi.text(client.chat().completions().create(OpenAi.asking("llama/tiny-model"))));
        asked.first();
        assertThat(answer).isNotDone();
        llama.loading(false);
        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("All signals are green.");
        assertThat(naps.taken()).isEmpty();
    }
}
