package dev.signalbox.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Keys, versions and what is not settled yet: all that a request says beside its body. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeadersTest {

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void our_key_goes_where_anthropic_looks_and_no_other_does() throws Exception {
        ReceivedRequest sent = sent(
                config().withPresent(AnthropicBackendFactory.API_KEY, "sk-ant-api-ours"),
                Headers.of("x-api-key", "theirs", "Authorization", "Bearer theirs"));

        assertThat(sent.headers("x-api-key")).containsExactly("sk-ant-api-ours");
        assertThat(sent.headers("authorization")).isEmpty();
    }

    @Test
    void a_clients_key_crosses_where_it_opens_the_server() throws Exception {
        PluginConfig theirs = config().with(HttpOptions.CREDENTIALS, HttpOptions.Credentials.CLIENT)
                .withPresent(AnthropicBackendFactory.API_KEY, "sk-ant-api-ours");

        assertThat(sent(theirs, Headers.of("x-api-key", "sk-ant-api-theirs")).headers("x-api-key"))
                .containsExactly("sk-ant-api-theirs");
    }

    @Test
    void a_clients_key_in_the_manner_of_openai_is_put_into_its_place_and_a_login_is_not() throws Exception {
        PluginConfig theirs = config().with(HttpOptions.CREDENTIALS, HttpOptions.Credentials.CLIENT);

        ReceivedRequest key = sent(theirs, Headers.of("Authorization", "Bearer sk-ant-api-theirs"));
        ReceivedRequest login = sent(theirs, Headers.of("Authorization", "Bearer sk-ant-oat-theirs"));

        assertThat(key.headers("x-api-key")).containsExactly("sk-ant-api-theirs");
        assertThat(key.headers("authorization")).isEmpty();
        assertThat(login.headers("x-api-key")).isEmpty();
        assertThat(login.headers("authorization")).containsExactly("Bearer sk-ant-oat-theirs");
    }

    @Test
    void a_version_is_added_for_clients_that_name_none() throws Exception {
        assertThat(sent(config(), Headers.none()).headers("anthropic-version")).containsExactly("2023-06-01");
        assertThat(sent(config(), Headers.of("Anthropic-Version", "2027-01-01")).headers("anthropic-version"))
                .containsExactly("2027-01-01");
        assertThat(sent(config().with(AnthropicBackendFactory.VERSION, "2026-01-01"), Headers.none())
                        .headers("anthropic-version"))
                .containsExactly("2026-01-01");
    }

    @Test
    void betas_of_ours_are_added_to_the_clients() throws Exception {
        PluginConfig ours = config().with(AnthropicBackendFactory.BETAS, List.of("context-1m", "one"));

        assertThat(sent(ours, Headers.of("anthropic-beta", "one, two", "anthropic-beta", "three"))
                        .headers("anthropic-beta"))
                .containsExactly("one,two,three,context-1m");
        assertThat(sent(config(), Headers.of("anthropic-beta", "one, two")).headers("anthropic-beta"))
                .containsExactly("one, two");
        assertThat(sent(config(), Headers.none()).headers("anthropic-beta")).isEmpty();
    }

    @Test
    void what_stood_behind_the_path_stands_there_again() throws Exception {
        ReceivedRequest beta = sent(config(), Headers.of(RouteRequest.QUERY, "beta=true"));

        assertThat(beta.target()).isEqualTo("/v1/messages?beta=true");
        assertThat(beta.headers(RouteRequest.QUERY)).isEmpty();
        assertThat(sent(config(), Headers.of(RouteRequest.QUERY, "other=1")).target())
                .isEqualTo("/v1/messages");
    }

    private PluginConfig config() {
        return Backends.config(server.uri());
    }

    private ReceivedRequest sent(PluginConfig config, Headers client) throws Exception {
        server.replies(200, "{}");
        try (Backend backend = Backends.make(config)) {
            backend.exchange(Calls.of(Dialect.ANTHROPIC_MESSAGES, "m", false).withHeaders(client))
                    .close();
        }
        return server.requests().getLast();
    }
}
