package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnexpectedStatusCodeException;
import dev.signalbox.testkit.ScriptedOpenAi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the server refuses before the router hears of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiKeysTest {

    private static final Naps NAPS = new Naps();

    private static ScriptedOpenAi gpu;
    private static Signalbox signalbox;
    private static OpenAIClient alice;
    private static OpenAIClient bob;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start();
        signalbox = Signalbox.configured("""
                server: { max-body: 64KiB }
                callers: { alice: { key: alices-key } }
                backends:
                  gpu: { type: openai, base-url: "%s", models: [ test-model ] }
                """, gpu.uri());
        alice = OpenAi.client(signalbox, NAPS, "alices-key");
        bob = OpenAi.client(signalbox, NAPS, "bobs-key");
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
        signalbox.close();
        gpu.close();
    }

    @Test
    void a_caller_with_a_key_is_let_in_and_the_key_goes_no_further() {
        Asked asked = Asked.of(gpu);
        assertThat(OpenAi.text(alice.chat().completions().create(OpenAi.asking("gpu/test-model"))))
                .isEqualTo("All signals are green.");
        assertThat(asked.last().headers().toString()).doesNotContain("alices-key");
    }

    @Test
    void a_caller_with_another_key_is_unauthorized_after_one_try() {
        Asked asked = Asked.of(gpu);
        assertThatThrownBy(() -> bob.chat().completions().create(OpenAi.asking("gpu/test-model")))
                .isInstanceOfSatisfying(
                        UnauthorizedException.class,
                        error -> assertThat(error.code()).contains("invalid_api_key"));
        assertThatThrownBy(() -> bob.models().list()).isInstanceOf(UnauthorizedException.class);
        assertThat(asked.times()).isZero();
        assertThat(NAPS.taken()).isEmpty();
    }

    @Test
    void a_body_that_is_too_large_is_refused_after_one_try() {
        Asked asked = Asked.of(gpu);
        assertThatThrownBy(() -> alice.chat()
                        .completions()
                        .create(OpenAi.asking("gpu/test-model").toBuilder()
                                .addUserMessage("x".repeat(64 << 10))
                                .build()))
                .isInstanceOfSatisfying(UnexpectedStatusCodeException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(413);
                    assertThat(error.code()).contains("request_too_large");
                });
        assertThat(asked.times()).isZero();
        assertThat(NAPS.taken()).isEmpty();
        assertThat(OpenAi.text(alice.chat().completions().create(OpenAi.asking("gpu/test-model"))))
                .isEqualTo("All signals are green.");
    }
}
