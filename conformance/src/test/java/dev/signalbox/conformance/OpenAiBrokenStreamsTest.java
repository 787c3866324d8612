package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Gate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams that end too soon: the client raises, and what it has read until then it has. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiBrokenStreamsTest {

    @RegisterExtension
    static final OneServer GPU = OneServer.configured("""
            backends:
              gpu: { type: openai, base-url: "%s", models: [ test-model ] }
            profiles:
              hasty: { chain: [ gpu/test-model ], limits: { idle: 200ms } }
            """);

    @Test
    void an_error_in_the_middle_is_raised_with_its_words() {
        GPU.server().says(Answer.saying("All", " clear", "."));
        GPU.server().breaksAfter(3, "The engine died.");
        List<String> read = new ArrayList<>();
        OpenAIException error = raised(read, piece -> {});
        assertThat(read).containsExactly("All", " clear");
        assertThat(error).isInstanceOf(SseException.class).hasMessageContaining("The engine died.");
    }

    @Test
    void a_connection_that_is_cut_in_the_middle_is_raised_too() {
        Gate cut = Gate.closed();
        GPU.server().sends(good -> Chunks.begun().pause(cut).thenResets());
        List<String> read = new ArrayList<>();
        OpenAIException error = raised(read, piece -> cut.open());
        assertThat(read).containsExactly("All");
        assertThat(error).isInstanceOf(SseException.class);
    }

    @Test
    void a_stream_that_just_ends_in_the_middle_is_raised_too() {
        GPU.server().sends(good -> Chunks.begun());
        List<String> read = new ArrayList<>();
        OpenAIException error = raised(read, piece -> {});
        assertThat(read).containsExactly("All");
        assertThat(error).isInstanceOf(SseException.class).hasMessageContaining("without a finish");
    }

    @Test
    void a_server_that_falls_silent_in_the_middle_is_raised_too() {
        GPU.server().sends(good -> Chunks.begun().thenStalls());
        List<String> read = new ArrayList<>();
        OpenAIException error = raised("hasty", read, piece -> {});
        assertThat(read).containsExactly("All");
        assertThat(error).isInstanceOf(SseException.class).hasMessageContaining("idle");
    }

    private static OpenAIException raised(List<String> read, Consumer<String> onPiece) {
        return raised("gpu/test-model", read, onPiece);
    }

    /** What the client raises in the middle of the only call it makes. */
    private static OpenAIException raised(String model, List<String> read, Consumer<String> onPiece) {
        Asked asked = Asked.of(GPU.server());
        try (StreamResponse<ChatCompletionChunk> stream =
                GPU.client().chat().completions().createStreaming(OpenAi.asking(model))) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            OpenAIException error = catchThrowableOfType(OpenAIException.class, () -> {
                while (chunks.hasNext()) {
                    String piece =
                            chunks.next().choices().getFirst().delta().content().orElse("");
                    if (!piece.isEmpty()) {
                        read.add(piece);
                        onPiece.accept(piece);
                    }
                }
            });
            assertThat(asked.times()).isEqualTo(1);
            assertThat(GPU.naps().taken()).isEmpty();
            return error;
        }
    }
}
