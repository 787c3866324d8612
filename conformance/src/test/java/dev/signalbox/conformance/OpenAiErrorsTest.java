package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartImage.ImageUrl;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no other try would mend: the client raises what it should, after one call. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiErrorsTest {

    private static ScriptedOpenAi cloud;
    private static ScriptedOpenAi locked;
    private static ScriptedLlamaServer llama;
    private static Signalbox signalbox;

    private final Naps naps = new Naps();
    private OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        cloud = ScriptedOpenAi.start();
        locked = ScriptedOpenAi.start().requiring("another key");
        llama = ScriptedLlamaServer.start().serving("tiny-model", 64);
        signalbox = Signalbox.configured("""
                backends:
                  cloud: { type: openai, base-url: "%1$s", models: { test-model: { capabilities: { vision: no } } } }
                  ours: { type: openai, base-url: "%2$s", models: [ test-model ], api-key: our key }
                  theirs: { type: openai, base-url: "%2$s", models: [ test-model ], credentials: client }
                  llama: { type: openai, base-url: "%3$s", models: [ tiny-model ] }
                """, cloud.uri(), locked.uri(), llama.uri());
    }

    @AfterAll
    static void stop() {
        signalbox.close();
        cloud.close();
        locked.close();
        llama.close();
    }

    @BeforeEach
    void connect() {
        client = OpenAi.client(signalbox, naps);
    }

    @AfterEach
    void disconnect() {
        client.close();
        cloud.recovers();
        llama.recovers();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 415, 422})
    void a_request_that_the_server_finds_wrong_keeps_its_status_and_is_not_repeated(int status) {
        cloud.refuses(status, "The temperature is too high.");
        OpenAIServiceException error =
                raised(OpenAIServiceException.class, OpenAi.asking("cloud/test-model"), cloud, 1);
        assertThat(error.statusCode()).isEqualTo(status);
        assertThat(error).hasMessageContaining("The temperature is too high.");
        assertThat(error.type()).contains("invalid_request_error");
    }

    @Test
    void a_prompt_that_does_not_fit_is_a_bad_request_with_the_code_that_tools_look_for() {
        ChatCompletionCreateParams tooLong = OpenAi.asking("llama/tiny-model").toBuilder()
                .addUserMessage("many words ".repeat(100))
                .build();
        BadRequestException error = raised(BadRequestException.class, tooLong, llama, 1);
        assertThat(error.code()).contains("context_length_exceeded");
    }

    @Test
    void our_own_key_being_refused_is_no_fault_of_the_clients() {
        InternalServerException error =
                raised(InternalServerException.class, OpenAi.asking("ours/test-model"), locked, 1);
        assertThat(error.statusCode()).isEqualTo(502);
        assertThat(error.code()).contains("upstream_unauthorized");
    }

    @Test
    void the_clients_own_key_being_refused_is() {
        Asked asked = Asked.of(locked);
        raised(UnauthorizedException.class, OpenAi.asking("theirs/test-model"), locked, 1);
        assertThat(asked.last().headers("authorization")).containsExactly("Bearer no-key");
    }

    @Test
    void what_no_model_can_do_is_refused_and_nobody_is_asked() {
        ImageUrl image =
                ImageUrl.builder().url("data:image/png;base64,iVBORw0KGgo=").build();
        ChatCompletionCreateParams looking = ChatCompletionCreateParams.builder()
                .model("cloud/test-model")
                .addUserMessageOfArrayOfContentParts(List.of(ChatCompletionContentPart.ofImageUrl(
                        ChatCompletionContentPartImage.builder().imageUrl(image).build())))
                .build();
        InternalServerException error = raised(InternalServerException.class, looking, cloud, 0);
        assertThat(error.statusCode()).isEqualTo(501);
        assertThat(error).hasMessageContaining("vision");
    }

    /** Raises that error, streamed or not, after so many calls of the model server and without a nap. */
    private <E extends OpenAIServiceException> E raised(
            Class<E> type, ChatCompletionCreateParams asking, ScriptedRuntime runtime, int calls) {
        Asked asked = Asked.of(runtime);
        E whole = catchThrowableOfType(type, () -> client.chat().completions().create(asking));
        assertThat(asked.times()).isEqualTo(calls);
        E streamed = catchThrowableOfType(type, () -> OpenAi.streamed(client, asking));
        assertThat(asked.times()).isEqualTo(2 * calls);
        assertThat(naps.taken()).isEmpty();
        assertThat(streamed.statusCode()).isEqualTo(whole.statusCode());
        assertThat(streamed).hasMessage(whole.getMessage());
        assertThat(whole.headers().values("x-request-id")).hasSize(1);
        return whole;
    }
}
