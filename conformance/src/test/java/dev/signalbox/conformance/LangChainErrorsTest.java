package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LangChainErrorsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ScriptedOpenAi gpu;
    private static Signalbox signalbox;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start();
        signalbox = Signalbox.configured("""
                backends:
                  gpu: { type: openai, base-url: "%s", models: [ test-model ] }
                """, gpu.uri());
    }

    @AfterAll
    static void stop() {
        signalbox.close();
        gpu.close();
    }

    @AfterEach
    void repair() {
        gpu.recovers();
    }

    @Test
    void a_request_that_the_server_finds_wrong_is_invalid() {
        gpu.refuses(400, "The temperature is too high.");
        assertThatThrownBy(() -> LangChain.chat(signalbox, "gpu/test-model").chat("Hello"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The temperature is too high.");
    }

    @Test
    void a_model_that_nobody_knows_is_not_found() {
        assertThatThrownBy(() -> LangChain.chat(signalbox, "gpt-5").chat("Hello"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("model_not_found");
    }

    @Test
    void a_server_that_fails_is_a_server_error() {
        gpu.refuses(500, "The engine stumbled.");
        assertThatThrownBy(() -> LangChain.chat(signalbox, "gpu/test-model").chat("Hello"))
                .isInstanceOf(InternalServerException.class)
                .hasMessageContaining("The engine stumbled.");
    }

    /** It does not look at frames that are errors, but it does notice that the answer has no end. */
    @Test
    void an_answer_that_breaks_off_is_an_error() {
        gpu.breaksAfter(2, "The engine died.");
        LangChain.Heard heard = LangChain.listen(LangChain.stream(signalbox, "gpu/test-model"), LangChain.question());
        assertThat(heard.end())
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(IOException.class);
        assertThat(heard.pieces()).containsExactly("All");
    }

    @Test
    void cancelling_a_stream_ends_the_generation() {
        gpu.sends(good -> Chunks.begun().thenStalls());
        Asked asked = Asked.of(gpu);
        LangChain.listen(
                LangChain.stream(signalbox, "gpu/test-model"),
                LangChain.question(),
                context -> context.streamingHandle().cancel());
        assertThat(asked.first().clientLeft()).succeedsWithin(PATIENCE);
    }
}
