package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedMlxOmniTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PATH = "/v1/chat/completions";
    private static final String CHAT =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".formatted(ScriptedMlx.MODEL);
    private static final String STREAM = CHAT.replaceFirst("}$", ",\"stream\":true}");

    private final ScriptedMlx mlx = ScriptedMlx.omni();
    private final Asking client = new Asking(mlx.uri());

    @AfterEach
    void close() {
        client.close();
        mlx.close();
    }

    @Test
    void streams_reasoning_as_text_and_knows_it_in_a_whole_answer() throws Exception {
        mlx.says(Answer.saying("Hi").thinking("hm").calling("a", "{}"));

        List<String> events = client.events(PATH, STREAM);

        assertThat(events)
                .satisfiesExactly(
                        event -> assertThat(event)
                                .contains("\"delta\": {\"role\": \"assistant\", \"content\": \"hm\"}")
                                .doesNotContain("null", "reasoning"),
                        event -> assertThat(event).contains("\"content\": \"Hi\""),
                        event -> assertThat(event).contains("\"name\": \"a\"", "\"finish_reason\": \"tool_calls\""),
                        event -> assertThat(event).isEqualTo("[DONE]"));
        assertThat(client.post(PATH, CHAT).body()).contains("\"content\":\"Hi\",\"reasoning\":\"hm\"");
    }

    @Test
    void answers_nothing_else_while_it_generates_whether_or_not_somebody_reads_that() throws Exception {
        Gate gate = Gate.closed();
        mlx.generatingFor(gate);
        try (RawClient asking = new RawClient(mlx.server())) {
            try (RawClient generating = new RawClient(mlx.server())) {
                generating.send(RawClient.post(PATH, STREAM)).until("\r\n\r\n");
                asking.send("GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                mlx.server().request(1);
            }
            assertThat(mlx.server().request(0).clientLeft()).succeedsWithin(LIMIT);
            assertThat(mlx.server().running()).isEqualTo(1);
            gate.open();

            assertThat(asking.all()).contains("\"owned_by\":\"mlx-community\"");
        }
    }

    @Test
    void tells_and_clears_what_is_in_memory() throws Exception {
        assertThat(client.get("/v1/cache").body()).contains("\"cache_size\":0");
        client.post(PATH, CHAT);

        assertThat(client.get("/v1/cache").body()).contains("WrapperCacheKey(model_id='" + ScriptedMlx.MODEL + "'");
        assertThat(client.post("/v1/cache/clear", "").body()).startsWith("{\"cleared_count\":1,\"cache_info\":{");
    }

    @Test
    void has_one_word_for_all_its_failures() throws Exception {
        assertThat(client.post(PATH, CHAT.replace(ScriptedMlx.MODEL, "x")).body())
                .isEqualTo("Internal Server Error");
        assertThat(mlx.downloads()).containsExactly("x");
        mlx.breaksAfter(1, "out of memory");
        assertThat(client.post(PATH, CHAT).body()).isEqualTo("Internal Server Error");
        assertThat(RawClient.post(mlx.server(), PATH, STREAM))
                .contains("\"All\"")
                .doesNotContain("[DONE]", "memory")
                .doesNotEndWith("0\r\n\r\n");
        assertThat(client.get("/health").body()).isEqualTo("{\"detail\":\"Not Found\"}");
    }

    @Test
    void takes_flat_parts_and_plain_names_only() throws Exception {
        String image = CHAT.replace("\"hi\"", "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]");
        String tool =
                CHAT.replaceFirst("}$", ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"files.read\"}}]}");

        assertThat(client.post(PATH, image).statusCode()).isEqualTo(422);
        assertThat(client.post(PATH, tool).body()).contains("String should match pattern");
        assertThat(client.post(PATH, CHAT.replace("\"hi\"", "[{\"type\":\"text\",\"text\":\"hi\"}]"))
                        .statusCode())
                .isEqualTo(200);
    }
}
