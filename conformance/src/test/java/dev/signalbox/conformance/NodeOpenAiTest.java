package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The official client for Node. One script does everything once; each test looks at what came of one thing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NodeOpenAiTest {

    private static final Map<String, ScriptedOpenAi> SERVERS = Map.of(
            "good", ScriptedOpenAi.start(),
            "calling", ScriptedOpenAi.start(),
            "wrong", ScriptedOpenAi.start(),
            "failing", ScriptedOpenAi.start(),
            "locked", ScriptedOpenAi.start().requiring("another key"),
            "theirs", ScriptedOpenAi.start().requiring("another key"),
            "broken", ScriptedOpenAi.start(),
            "endless", ScriptedOpenAi.start());

    private static @Nullable Signalbox signalbox; // none where there is no Node
    private static JsonNode results = MissingNode.getInstance();

    @BeforeAll
    static void run() throws Exception {
        Node.assumeClient();
        Answer words = Answer.saying("All", " clear", ".").using(11, 3);
        server("good").says(words);
        server("calling")
                .says(Answer.saying().calling("signal", "{\"track\":7}").calling("signal", "{\"track\":8}"));
        server("wrong").refuses(400, "The temperature is too high.");
        server("failing").refuses(500, "The engine stumbled.");
        server("broken").says(words);
        server("broken").breaksAfter(2, "The engine died.");
        server("endless").sends(good -> Chunks.begun().thenStalls());
        String backends = SERVERS.entrySet().stream()
                .map(each -> "  %s: { type: openai, base-url: \"%s\", models: [ test-model ]%s }%n"
                        .formatted(
                                each.getKey(),
                                each.getValue().uri(),
                                each.getKey().equals("theirs") ? ", credentials: client" : ""))
                .collect(Collectors.joining());
        signalbox = Signalbox.configured("%s", "backends:\n" + backends);
        results = new ObjectMapper().readTree(Node.run("openai.mjs", signalbox.baseUrl()));
    }

    @AfterAll
    static void stop() {
        if (signalbox != null) {
            signalbox.close();
        }
        SERVERS.values().forEach(ScriptedOpenAi::close);
    }

    private static ScriptedOpenAi server(String name) {
        return java.util.Objects.requireNonNull(SERVERS.get(name));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** How often a model server was asked to generate. */
    private static long asked(String name) {
        return server(name).server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }

    @Test
    void understands_a_whole_answer() {
        JsonNode chat = results.path("chat");
        assertThat(chat.path("text").asText()).isEqualTo("All clear.");
        assertThat(chat.path("finish").asText()).isEqualTo("stop");
        assertThat(chat.path("tokens").asInt()).isEqualTo(14);
        assertThat(chat.path("target").asText()).isEqualTo("good/test-model");
    }

    @Test
    void understands_a_stream_piece_by_piece_with_its_tokens() {
        JsonNode stream = results.path("stream");
        assertThat(texts(stream.path("pieces"))).containsExactly("All", " clear", ".");
        assertThat(stream.path("finish").asText()).isEqualTo("stop");
        assertThat(stream.path("tokens").asInt()).isEqualTo(14);
    }

    @Test
    void is_told_to_call_tools_and_puts_streamed_calls_together() {
        JsonNode tools = results.path("tools");
        assertThat(tools.path("finish").asText()).isEqualTo("tool_calls");
        assertThat(texts(tools.path("whole"))).containsExactly("signal {\"track\":7}", "signal {\"track\":8}");
        assertThat(texts(tools.path("streamed"))).containsExactly("signal {\"track\":7}", "signal {\"track\":8}");
    }

    @Test
    void gets_vectors() {
        assertThat(results.path("embeddings").path("count").asInt()).isEqualTo(2);
        assertThat(results.path("embeddings").path("length").asInt()).isEqualTo(4);
    }

    @Test
    void lists_models() {
        assertThat(texts(results.path("models").path("ids"))).contains("good/test-model", "calling/test-model");
    }

    @Test
    void a_wrong_request_is_raised_as_such_after_one_try() {
        JsonNode wrong = results.path("wrong");
        assertThat(wrong.path("type").asText()).isEqualTo("BadRequestError");
        assertThat(wrong.path("message").asText()).contains("The temperature is too high.");
        assertThat(asked("wrong")).isEqualTo(1);
    }

    @Test
    void a_model_that_nobody_knows_is_not_found() {
        JsonNode unknown = results.path("unknown");
        assertThat(unknown.path("type").asText()).isEqualTo("NotFoundError");
        assertThat(unknown.path("code").asText()).isEqualTo("model_not_found");
    }

    @Test
    void a_server_that_fails_is_a_server_error() {
        JsonNode failing = results.path("failing");
        assertThat(failing.path("type").asText()).isEqualTo("InternalServerError");
        assertThat(failing.path("status").asInt()).isEqualTo(500);
        assertThat(failing.path("message").asText()).contains("The engine stumbled.");
    }

    @Test
    void a_refused_key_is_the_clients_fault_only_if_it_is_the_clients_key() {
        assertThat(results.path("locked").path("status").asInt()).isEqualTo(502);
        assertThat(results.path("locked").path("code").asText()).isEqualTo("upstream_unauthorized");
        assertThat(results.path("refused").path("type").asText()).isEqualTo("AuthenticationError");
        assertThat(asked("locked")).isEqualTo(1);
        assertThat(asked("theirs")).isEqualTo(1);
    }

    @Test
    void a_stream_that_breaks_off_is_raised_with_its_words() {
        JsonNode broken = results.path("broken");
        assertThat(texts(broken.path("pieces"))).containsExactly("All");
        assertThat(broken.path("type").asText()).isEqualTo("APIError");
        assertThat(broken.path("message").asText()).contains("The engine died.");
        assertThat(asked("broken")).isEqualTo(1);
    }

    @Test
    void leaving_a_stream_ends_the_generation() {
        assertThat(results.path("leaving").path("left").asBoolean()).isTrue();
        assertThat(server("endless").server().requests().stream()
                        .filter(request -> request.method().equals("POST"))
                        .toList())
                .singleElement()
                .satisfies(request -> assertThat(request.clientLeft()).succeedsWithin(Duration.ofSeconds(20)));
    }
}
