package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GreetingTest {

    private static final URI SERVER = URI.create("http://127.0.0.1:8484");

    @Test
    void asks_for_anything_where_anybody_may() {
        assertThat(Greeting.OPEN.text(SERVER).lines().map(String::strip))
                .containsExactly(
                        "curl http://127.0.0.1:8484/v1/chat/completions -H 'Content-Type: application/json' \\",
                        "-d '{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}'");
    }

    @Test
    void says_where_a_key_belongs_and_which_model_there_is() {
        assertThat(new Greeting.Ask("it's", true).text(SERVER))
                .contains("-H 'Authorization: Bearer KEY_OF_A_CALLER' \\", "\"model\": \"it'\\''s\"");
    }

    @Test
    void asks_for_the_models_where_no_name_is_known() {
        assertThat(new Greeting.Names(false).text(SERVER)).endsWith("  curl http://127.0.0.1:8484/v1/models");
        assertThat(new Greeting.Names(true).text(SERVER))
                .endsWith("/v1/models -H 'Authorization: Bearer KEY_OF_A_CALLER'");
    }

    @Test
    void does_not_mind_that_a_certificate_is_for_another_name() {
        URI secure = URI.create("https://127.0.0.1:8484");
        assertThat(Greeting.OPEN.text(secure)).startsWith("  curl --insecure https://127.0.0.1:8484/v1/chat");
        assertThat(new Greeting.Names(false).text(secure))
                .endsWith("  curl --insecure https://127.0.0.1:8484/v1/models");
    }

    @Test
    void gives_no_line_where_nobody_would_answer() {
        assertThat(new Greeting.Nobody().text(SERVER))
                .contains("nothing can be answered", "Add one under backends")
                .doesNotContain("curl");
    }
}
