package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another router left out what is added to system prompts where the server spoke Anthropic's API. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SystemPromptsOfOthersTest {

    private ScriptedServer server;
    private Configured all;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedServer.start();
        all = Configured.by("""
                backends:
                  openai: { type: openai, base-url: "%1$s/v1", models: [ m ], system-prompt: { append: "Be kind." } }
                  anthropic: { type: anthropic, base-url: "%1$s", models: [ m ], system-prompt: { append: "Be kind." } }
                  ollama: { type: ollama, base-url: "%1$s", models: [ m ], system-prompt: { append: "Be kind." } }
                probe: { every: 1h }
                profiles:
                  of-openai: { chain: [ openai/m ], system-prompt: { append: "Be brief." } }
                  of-anthropic: { chain: [ anthropic/m ], system-prompt: { append: "Be brief." } }
                  of-ollama: { chain: [ ollama/m ], system-prompt: { append: "Be brief." } }
                """.formatted(server.uri()));
    }

    @AfterEach
    void stop() {
        all.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "of-openai, /v1/chat/completions",
        "of-openai, /v1/messages",
        "of-openai, /api/chat",
        "of-anthropic, /v1/chat/completions",
        "of-anthropic, /v1/messages",
        "of-anthropic, /api/chat",
        "of-ollama, /v1/chat/completions",
        "of-ollama, /v1/messages",
        "of-ollama, /api/chat",
    })
    void what_is_added_reaches_every_kind_of_server_from_every_api(String profile, String path) throws Exception {
        all.server()
                .post(
                        path,
                        "{\"model\":\"%s\",\"max_tokens\":9,\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
                                .formatted(profile),
                        "anthropic-version",
                        "2023-06-01");
        List<String> asked = server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .filter(request -> !request.path().equals("/api/show"))
                .map(ReceivedRequest::text)
                .toList();
        assertThat(asked)
                .singleElement()
                .asString()
                .containsSubsequence("Be brief.", "Be kind.")
                .contains("hello");
    }
}
