package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.InternalServerException;
import dev.signalbox.testkit.ClosedPort;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What another try may mend: the client comes back by itself, twice, when it was told to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiRetriesTest {

    private static ScriptedOpenAi gpu;
    private static ClosedPort nobody;
    private static Signalbox signalbox;

    private final Naps naps = new Naps();
    private OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start();
        nobody = ClosedPort.reserve();
        signalbox = Signalbox.configured("""
                backends:
                  gpu: { type: openai, base-url: "%s", models: [ test-model, gone-model ] }
                  off: { type: openai, base-url: "%s", models: [ test-model ] }
                profiles:
                  hasty: { chain: [ gpu/test-model ], limits: { first-content: 200ms } }
                  brief: { chain: [ gpu/test-model ], limits: { total: 200ms } }
                """, gpu.uri(), nobody.uri());
    }

    @AfterAll
    static void stop() {
        signalbox.close();
        gpu.close();
        nobody.close();
    }

    @BeforeEach
    void connect() {
        client = OpenAi.client(signalbox, naps);
    }

    @AfterEach
    void disconnect() {
        client.close();
        gpu.recovers();
    }

    @Test
    void a_server_that_fails_is_asked_three_times() {
        gpu.refuses(500, "The engine stumbled.");
        InternalServerException error = raised("gpu/test-model", 3);
        assertThat(error.statusCode()).isEqualTo(500);
        assertThat(error.code()).contains("upstream_error");
        assertThat(error).hasMessageContaining("The engine stumbled.");
    }

    @Test
    void a_server_that_recovers_meanwhile_answers_and_the_caller_notices_nothing() {
        Asked asked = Asked.of(gpu);
        gpu.sends(stumblingOnce());
        assertThat(OpenAi.text(client.chat().completions().create(OpenAi.asking("gpu/test-model"))))
                .isEqualTo("All signals are green.");
        assertThat(asked.times()).isEqualTo(2);
        assertThat(naps.taken()).hasSize(1);
    }

    @Test
    void the_limits_of_a_server_are_not_the_callers_and_it_comes_back_when_the_server_said() {
        gpu.sends(good ->
                Reply.json(429, "{\"error\":{\"message\":\"Slow down.\"}}").header("Retry-After", "7"));
        InternalServerException error = raised("gpu/test-model", 3);
        assertThat(error.statusCode()).isEqualTo(503);
        assertThat(naps.taken()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void a_server_that_is_off_is_to_be_asked_again_soon() {
        InternalServerException error = raised("off/test-model", 0);
        assertThat(error.statusCode()).isEqualTo(503);
        assertThat(error.code()).contains("upstream_unreachable");
        assertThat(error.headers().values("Retry-After")).containsExactly("5");
        assertThat(naps.taken()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    @Test
    void a_model_that_the_server_that_is_off_may_have_is_to_be_asked_for_again() {
        InternalServerException error = raised("qwen3-coder-480b", 0);
        assertThat(error.statusCode()).isEqualTo(503);
        assertThat(error).hasMessageContaining("off");
    }

    @Test
    void a_model_that_the_server_has_no_longer_is_unavailable() {
        InternalServerException error = raised("gpu/gone-model", 3);
        assertThat(error.statusCode()).isEqualTo(503);
        assertThat(error.code()).contains("model_unavailable");
    }

    @Test
    void a_server_out_of_memory_says_so() {
        gpu.refuses(500, "CUDA out of memory.");
        InternalServerException error = raised("gpu/test-model", 3);
        assertThat(error.statusCode()).isEqualTo(507);
        assertThat(error.code()).contains("insufficient_memory");
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_a_time_out() {
        gpu.sends(good -> Reply.stall());
        InternalServerException error = catchThrowableOfType(
                InternalServerException.class,
                () -> impatient().chat().completions().create(OpenAi.asking("brief")));
        assertThat(error.statusCode()).isEqualTo(504);
        assertThat(error.code()).contains("upstream_timeout");
    }

    @Test
    void a_stream_whose_first_word_does_not_come_in_time_is_a_time_out() {
        gpu.sends(good -> Reply.stream("text/event-stream").thenStalls());
        InternalServerException error = catchThrowableOfType(
                InternalServerException.class, () -> OpenAi.streamed(impatient(), OpenAi.asking("hasty")));
        assertThat(error.statusCode()).isEqualTo(504);
        assertThat(error.code()).contains("upstream_timeout");
    }

    private OpenAIClient impatient() {
        return client.withOptions(options -> options.maxRetries(0));
    }

    private InternalServerException raised(String model, int calls) {
        Asked asked = Asked.of(gpu);
        InternalServerException error = catchThrowableOfType(
                InternalServerException.class, () -> client.chat().completions().create(OpenAi.asking(model)));
        assertThat(asked.times()).isEqualTo(calls);
        assertThat(naps.taken()).hasSize(2);
        assertThat(error.headers().values("x-should-retry")).isEmpty();
        return error;
    }

    private static UnaryOperator<Reply> stumblingOnce() {
        AtomicBoolean stumbled = new AtomicBoolean();
        return good -> stumbled.getAndSet(true) ? good : Reply.json(500, "{\"error\":{\"message\":\"Ouch.\"}}");
    }
}
