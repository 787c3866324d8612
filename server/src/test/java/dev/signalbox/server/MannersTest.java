package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a configuration wants its servers to be told what they do not all hear in the same way. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MannersTest {

    private static final String LATER = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
            + "{\"role\":\"assistant\",\"content\":\"Yes?\"},%s,{\"role\":\"user\",\"content\":\"Go\"}]";
    private static final String SYSTEM = "{\"role\":\"system\",\"content\":\"Hurry.\"}";
    private static final String USER = "{\"role\":\"user\",\"content\":\"Hurry.\"}";

    private final ScriptedServer upstream = ScriptedServer.start();
    private Configured router;

    @BeforeEach
    void configure() throws Exception {
        upstream.otherwise(MannersTest::answer);
        router = Configured.by("""
                backends:
                  usual: { type: openai, base-url: "%1$s/v1", dialects: [ openai.chat ], models: [ m, n ] }
                  user: { type: openai, base-url: "%1$s/v1", dialects: [ openai.chat ], models: [ m ], mid-system: user }
                  system: { type: openai, base-url: "%1$s/v1", dialects: [ openai.chat ], models: [ m ], mid-system: system }
                  tokens: { type: anthropic, base-url: "%1$s", models: [ m ], effort-tokens: { low: 1500 }, answer-tokens: 5000 }
                  levels: { type: anthropic, base-url: "%1$s", models: [ m ], effort: level }
                """.formatted(upstream.uri()));
    }

    @AfterEach
    void close() {
        router.close();
        upstream.close();
    }

    /** A model that hears the system at the beginning only. */
    private static Reply answer(ReceivedRequest request) {
        if (request.text().contains(SYSTEM)) {
            return Reply.json(400, "{\"error\":{\"message\":\"System message must be at the beginning.\"}}");
        }
        return Reply.json(
                200,
                request.path().endsWith("/messages")
                        ? "{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\"}"
                        : "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");
    }

    private List<String> asked() {
        return upstream.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(ReceivedRequest::text)
                .toList();
    }

    private HttpResponse<String> later(String path, String model) throws Exception {
        String body = "{\"model\":\"%s\",\"max_tokens\":9,%s}".formatted(model, LATER.formatted(SYSTEM));
        return router.server().post(path, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions"})
    void the_user_says_what_the_system_says_later_where_that_is_wanted(String path) throws Exception {
        assertThat(later(path, "user/m").statusCode()).isEqualTo(200);
        assertThat(asked()).singleElement().asString().contains(LATER.formatted(USER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions"})
    void the_system_says_it_where_that_is_wanted_whatever_the_model_makes_of_it(String path) throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(later(path, "system/m").statusCode()).isEqualTo(400);
        }
        assertThat(asked()).hasSize(2).allSatisfy(body -> assertThat(body).contains(LATER.formatted(SYSTEM)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions"})
    void nothing_said_it_is_learnt_of_each_model_once(String path) throws Exception {
        assertThat(later(path, "usual/m").statusCode()).isEqualTo(200);
        assertThat(later(path, "usual/m").statusCode()).isEqualTo(200);
        assertThat(asked()).hasSize(3);

        assertThat(later(path, "usual/n").statusCode()).as("another model").isEqualTo(200);
        assertThat(asked()).hasSize(5);
        assertThat(asked().getLast()).contains(LATER.formatted(USER));
    }

    @ParameterizedTest
    @CsvSource({
        "tokens/m, low, '\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1500}'",
        "tokens/m, medium, '\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8192}'",
        "levels/m, low, '\"output_config\":{\"effort\":\"low\"}'"
    })
    void how_much_is_thought_is_said_as_the_configuration_says(String model, String effort, String said)
            throws Exception {
        String body =
                "{\"model\":\"%s\",\"reasoning_effort\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        router.server().post("/v1/chat/completions", body.formatted(model, effort));

        assertThat(asked()).singleElement().asString().contains(said);
    }

    @Test
    void how_long_an_answer_may_be_is_said_where_the_client_does_not_say_it() throws Exception {
        router.chat("tokens/m", "Hi");
        router.chat("levels/m", "Hi");

        assertThat(asked().get(0)).contains("\"max_tokens\":5000");
        assertThat(asked().get(1)).contains("\"max_tokens\":8192");
    }
}
