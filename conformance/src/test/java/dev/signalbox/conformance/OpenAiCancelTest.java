package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that leaves: the model server is told at once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiCancelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final OneServer GPU = OneServer.configured("""
            backends:
              gpu: { type: openai, base-url: "%s", models: [ test-model ] }
            """);

    private final OpenAIClient client = GPU.client().withOptions(options -> options.maxRetries(0));

    @Test
    void closing_a_stream_in_the_middle_ends_the_generation() {
        GPU.server().sends(good -> Chunks.begun().thenStalls());
        Asked asked = Asked.of(GPU.server());
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(OpenAi.asking("gpu/test-model"))) {
            assertThat(stream.stream().findFirst()).isPresent();
        }
        assertThat(asked.last().clientLeft()).succeedsWithin(PATIENCE);
    }

    @Test
    void closing_an_asynchronous_stream_ends_the_generation_too() {
        GPU.server().sends(good -> Chunks.begun().thenStalls());
        Asked asked = Asked.of(GPU.server());
        AsyncStreamResponse<ChatCompletionChunk> stream =
                client.async().chat().completions().createStreaming(OpenAi.asking("gpu/test-model"));
        stream.subscribe(first -> stream.close());
        assertThat(asked.first().clientLeft()).succeedsWithin(PATIENCE);
    }

    @Test
    void giving_up_before_the_first_word_ends_the_generation_too() {
        GPU.server().sends(good -> Reply.stream("text/event-stream").thenStalls());
        givesUp(() -> OpenAi.streamed(client, OpenAi.asking("gpu/test-model")));
    }

    @Test
    void giving_up_on_a_whole_answer_ends_the_generation_too() {
        GPU.server().sends(good -> Reply.stall());
        givesUp(() -> client.chat().completions().create(OpenAi.asking("gpu/test-model")));
    }

    private static void givesUp(Runnable asking) {
        Asked asked = Asked.of(GPU.server());
        Thread caller = Thread.ofVirtual().unstarted(() -> {
            try {
                asking.run();
            } catch (OpenAIException givenUp) {
                // as it should be: there was no answer
            }
        });
        caller.start();
        ReceivedRequest request = asked.first();
        assertThat(request.clientLeft()).isNotDone();
        caller.interrupt();
        assertThat(request.clientLeft()).succeedsWithin(PATIENCE);
    }
}
