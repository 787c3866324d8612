package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.ConflictException;
import com.anthropic.errors.ContentTooLargeException;
import com.anthropic.errors.GatewayTimeoutException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.NotImplementedException;
import com.anthropic.errors.OverloadedException;
import com.anthropic.errors.ServiceUnavailableException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.errors.UnprocessableEntityException;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.MessageCreateParams;
import dev.signalbox.testkit.ClosedPort;
import dev.signalbox.testkit.ScriptedAnthropic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is raised as what it is, after one call if no other would mend it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnthropicErrorsTest {

    private static final Map<Integer, Class<? extends AnthropicServiceException>> REJECTED = Map.of(
            400, BadRequestException.class,
            409, ConflictException.class,
            413, ContentTooLargeException.class,
            422, UnprocessableEntityException.class);

    private static ScriptedAnthropic cloud;
    private static ScriptedAnthropic locked;
    private static ClosedPort gone;
    private static Signalbox signalbox;

    private final Naps naps = new Naps();
    private AnthropicClient client;

    @BeforeAll
    static void start() throws Exception {
        cloud = ScriptedAnthropic.start();
        locked = ScriptedAnthropic.start().requiring("another key");
        gone = ClosedPort.reserve();
        signalbox = Signalbox.configured("""
                guards: { health: { action: off } }
                backends:
                  cloud: { type: anthropic, base-url: "%1$s", models: { claude-test: { capabilities: { vision: no } } } }
                  ours: { type: anthropic, base-url: "%2$s", models: [ claude-test ], api-key: our key }
                  theirs: { type: anthropic, base-url: "%2$s", models: [ claude-test ], credentials: client }
                  gone: { type: anthropic, base-url: "%3$s", models: [ claude-test ] }
                """, cloud.uri(), locked.uri(), gone.uri());
    }

    @AfterAll
    static void stop() {
        signalbox.close();
        cloud.close();
        locked.close();
        gone.close();
    }

    @BeforeEach
    void connect() {
        client = Anthropic.client(signalbox, naps, "sk-ant-api-no-key");
    }

    @AfterEach
    void disconnect() {
        client.close();
        cloud.recovers();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 422})
    void a_request_that_the_server_finds_wrong_keeps_its_status_and_is_not_repeated(int status) {
        cloud.refuses(status, "The temperature is too high.");
        Asked asked = Asked.of(cloud);
        AnthropicServiceException error = raised(REJECTED.get(status), Anthropic.asking("cloud/claude-test"));
        assertThat(error.statusCode()).isEqualTo(status);
        assertThat(error).hasMessageContaining("The temperature is too high.");
        assertThat(asked.times()).isEqualTo(2);
        assertThat(naps.taken()).isEmpty();
    }

    @Test
    void a_prompt_that_does_not_fit_is_a_bad_request() {
        cloud.refuses(400, "prompt is too long: 208310 tokens > 200000 maximum");
        assertThat(raised(BadRequestException.class, Anthropic.asking("cloud/claude-test")))
                .hasMessageContaining("prompt is too long");
        assertThat(naps.taken()).isEmpty();
    }

    @Test
    void a_model_nobody_knows_is_not_found() {
        NotFoundException error = raised(NotFoundException.class, Anthropic.asking("cloud/claude-0"));
        assertThat(error).hasMessageContaining("claude-0");
        assertThat(naps.taken()).isEmpty();
    }

    @Test
    void our_own_key_being_refused_is_no_fault_of_the_clients() {
        InternalServerException error = raised(InternalServerException.class, Anthropic.asking("ours/claude-test"));
        assertThat(error.statusCode()).isEqualTo(502);
        assertThat(error).hasMessageNotContaining("our key");
        assertThat(naps.taken()).isEmpty();
    }

    @Test
    void the_clients_own_key_being_refused_is() {
        Asked asked = Asked.of(locked);
        raised(UnauthorizedException.class, Anthropic.asking("theirs/claude-test"));
        assertThat(asked.last().headers("x-api-key")).containsExactly("sk-ant-api-no-key");
        assertThat(naps.taken()).isEmpty();
    }

    @Test
    void what_no_model_can_do_is_refused_and_nobody_is_asked() {
        Asked asked = Asked.of(cloud);
        MessageCreateParams looking = MessageCreateParams.builder()
                .model("cloud/claude-test")
                .maxTokens(64)
                .addUserMessageOfContentBlockParams(List.of(ContentBlockParam.ofImage(ImageBlockParam.builder()
                        .urlSource("https://example.com/a.png")
                        .build())))
                .build();
        assertThat(raised(NotImplementedException.class, looking)).hasMessageContaining("vision");
        assertThat(asked.times()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 529})
    void being_overloaded_is_told_as_such_with_the_time_to_come_back_and_is_tried_again(int status) {
        cloud.refuses(status, "Overloaded");
        cloud.sends(reply -> reply.header("retry-after", "7"));
        OverloadedException error = raised(OverloadedException.class, Anthropic.asking("cloud/claude-test"));
        assertThat(error.headers().values("retry-after")).containsExactly("7");
        assertThat(naps.taken()).isNotEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_unavailable() {
        raised(ServiceUnavailableException.class, Anthropic.asking("gone/claude-test"));
    }

    @Test
    void a_server_that_was_too_slow_is_a_timeout() {
        cloud.refuses(504, "Request timed out.");
        raised(GatewayTimeoutException.class, Anthropic.asking("cloud/claude-test"));
    }

    @Test
    void a_server_that_fails_is_a_server_error() {
        cloud.refuses(500, "The engine stumbled.");
        assertThat(raised(InternalServerException.class, Anthropic.asking("cloud/claude-test")))
                .hasMessageContaining("The engine stumbled.");
    }

    @Test
    void an_answer_that_breaks_off_is_an_error_that_says_why() {
        cloud.breaksAfter(4, "The engine died.");
        Throwable error = catchThrowable(() -> Anthropic.streamed(client, Anthropic.asking("cloud/claude-test")));
        assertThat(error).isInstanceOf(AnthropicException.class).hasMessageContaining("The engine died.");
    }

    /** Raises that error, streamed or not, with the id under which it is known here. */
    private <E extends AnthropicServiceException> E raised(Class<E> type, MessageCreateParams asking) {
        E whole = catchThrowableOfType(type, () -> client.messages().create(asking));
        E streamed = catchThrowableOfType(type, () -> Anthropic.streamed(client, asking));
        assertThat(streamed.statusCode()).isEqualTo(whole.statusCode());
        assertThat(whole.requestId()).isPresent();
        assertThat(whole.headers().values("x-request-id"))
                .containsExactly(whole.requestId().orElseThrow());
        return whole;
    }
}
