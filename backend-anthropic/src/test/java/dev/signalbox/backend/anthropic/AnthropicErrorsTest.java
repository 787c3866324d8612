package dev.signalbox.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AnthropicErrorsTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final Backend backend = Backends.at(server.uri());

    @AfterEach
    void end() {
        backend.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid_request_error | messages: Field required | REJECTED",
                "400 | invalid_request_error | prompt is too long: 208310 tokens > 200000 maximum | CONTEXT_OVERFLOW",
                "400 | invalid_request_error | input length and `max_tokens` exceed context limit: 199000 + 8000 > 200000 | CONTEXT_OVERFLOW",
                "400 | invalid_request_error | Your credit balance is too low to access the Anthropic API. | UNAUTHORIZED",
                "401 | authentication_error  | invalid x-api-key        | UNAUTHORIZED",
                "402 | billing_error         | There is a problem.      | UNAUTHORIZED",
                "403 | permission_error      | Not for this key.        | UNAUTHORIZED",
                "404 | not_found_error       | model: claude-0          | MODEL_UNAVAILABLE",
                "409 | conflict_error        | It was changed meanwhile. | REJECTED",
                "413 | request_too_large     | Request exceeds the maximum size | REJECTED",
                "429 | rate_limit_error      | Too many tokens a minute. | OVERLOADED",
                "500 | api_error             | Internal server error    | SERVER_ERROR",
                "504 | timeout_error         | Request timed out.       | TIMED_OUT",
                "529 | overloaded_error      | Overloaded               | OVERLOADED",
                "200 | overloaded_error      | Overloaded               | OVERLOADED",
                "200 | rate_limit_error      | Too many tokens a minute. | OVERLOADED",
                "200 | timeout_error         | Took too long.           | TIMED_OUT",
                "200 | api_error             | Internal server error    | SERVER_ERROR",
                "200 | invalid_request_error | Output blocked           | REJECTED"
            })
    void what_it_says_is_understood_before_a_stream_and_inside_one(
            int status, String type, String message, FailureKind kind) {
        String error = "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"req_1\"}"
                .formatted(type, message);

        Failure failure = backend.read(status, error);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).isEqualTo(message);
    }

    @Test
    void when_it_wants_to_be_asked_again_is_kept() {
        server.replies(Reply.json(
                        529,
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}")
                .header("retry-after", "11"));

        BackendException failed = Assertions.catchThrowableOfType(
                BackendException.class,
                () -> backend.exchange(Calls.of(Dialect.ANTHROPIC_MESSAGES, "m", true))
                        .close());

        assertThat(failed.kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(failed.failure().retryAfter()).contains(Duration.ofSeconds(11));
    }
}
