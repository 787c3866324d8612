package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import dev.signalbox.testkit.TestContext;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Nobody learns a key from what goes wrong, though some servers repeat it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretsTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final PluginConfig plain =
            PluginConfig.of(HttpOptions.with(), Where.code("backends.gpu")).with(HttpOptions.BASE_URL, server.uri());

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void our_key_and_our_headers_are_hidden_in_message_and_code() {
        Failure failure = failure(
                plain.withPresent(HttpOptions.API_KEY, " sk-1234 ")
                        .with(HttpOptions.HEADERS, Map.of("X-Token", "Token t-5678")),
                Headers.none(),
                "{\"error\":{\"message\":\"neither sk-1234 nor t-5678\",\"code\":\"no_sk-1234\"}}");

        assertThat(failure.message()).isEqualTo("neither *** nor ***");
        assertThat(failure.code()).isEqualTo("no_***");
    }

    @Test
    void a_key_that_begins_like_another_leaves_nothing_behind() {
        Failure failure = failure(
                plain.withPresent(HttpOptions.API_KEY, "sk-1234")
                        .with(HttpOptions.HEADERS, Map.of("X-Token", "sk-1234-more")),
                Headers.none(),
                "sk-1234-more");

        assertThat(failure.message()).isEqualTo("***");
    }

    @Test
    void the_clients_key_is_hidden_where_it_was_sent() {
        Failure failure = failure(
                plain.with(HttpOptions.CREDENTIALS, Credentials.CLIENT),
                Headers.of("Authorization", "Bearer ck-1234", "X-Api-Key", "ck-5678"),
                "neither ck-1234 nor ck-5678");

        assertThat(failure.message()).isEqualTo("neither *** nor ***");
    }

    @Test
    void short_words_and_names_are_no_secrets() {
        Failure failure = failure(
                plain.with(HttpOptions.HEADERS, Map.of("X-Team", "me")), Headers.none(), "some message of the meter");

        assertThat(failure.message()).isEqualTo("some message of the meter");
    }

    @Test
    void an_error_inside_an_answer_is_no_different() {
        try (Upstream upstream = upstream(plain.withPresent(HttpOptions.API_KEY, "sk-1234"))) {
            assertThat(upstream.read(200, "{\"error\":\"wrong key sk-1234\"}").message())
                    .isEqualTo("wrong key ***");
        }
    }

    private Failure failure(PluginConfig config, Headers client, String error) {
        server.replies(Reply.json(400, error));
        BackendCall call = Calls.chat("m").withHeaders(client);
        try (Upstream upstream = upstream(config)) {
            BackendException refused = catchThrowableOfType(
                    BackendException.class,
                    () -> upstream.exchange(call, server.uri().resolve("/v1/chat/completions"))
                            .close());
            assertThat(server.requests()).extracting(ReceivedRequest::path).containsExactly("/v1/chat/completions");
            return refused.failure();
        }
    }

    private static Upstream upstream(PluginConfig config) {
        return new Upstream(config, TestContext.named("gpu"), ErrorRules.shared());
    }
}
