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
        assertThat(Greeting.OPEN.curl(SERVER).lines().map(String::strip))
                .containsExactly(
                        "curl http://127.0.0.1:8484/v1/chat/completions -H 'Content-Type: application/json' \\",
                        "-d '{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}'");
    }

    @Test
    void says_where_a_key_belongs_and_which_model_there_is() {
        assertThat(new Greeting("it's", true).curl(SERVER))
                .contains("-H 'Authorization: Bearer KEY_OF_A_CALLER' \\", "\"model\": \"it'\\''s\"");
    }
}
