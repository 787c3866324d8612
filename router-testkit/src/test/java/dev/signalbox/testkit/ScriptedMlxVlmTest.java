package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedMlxVlmTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PATH = "/v1/chat/completions";
    private static final String CHAT =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".formatted(ScriptedMlx.MODEL);
    private static final String STREAM = CHAT.replaceFirst("}$", ",\"stream\":true}");

    private final ScriptedMlx mlx = ScriptedMlx.vlm();
    private final Asking client = new Asking(mlx.uri());

    @AfterEach
    void close() {
        client.close();
        mlx.close();
    }

    @Test
    void tells_what_is_loaded_and_unloads_it() throws Exception {
        assertThat(client.get("/health").body()).contains("\"loaded_model\":null", "\"effective_context_limit\":null");
        client.post(PATH, CHAT);

        assertThat(client.get("/health").body())
                .contains("\"loaded_model\":\"" + ScriptedMlx.MODEL, "\"effective_context_limit\":128000");
        assertThat(client.get("/metrics").body()).contains("\"request_queue_depth\":0");
        assertThat(client.get("/v1/models").body()).doesNotContain("owned_by");
        assertThat(client.post("/unload", "").body()).contains("Model unloaded successfully");
        assertThat(client.post("/unload", "").body()).contains("no_model_loaded");
    }

    @Test
    void speaks_the_responses_of_openai_too() throws Exception {
        mlx.says(Answer.saying("Hi").thinking("hm").finishing("length"));
        String asking = "{\"model\":\"%s\",\"input\":\"hi\"}".formatted(ScriptedMlx.MODEL);

        assertThat(client.post("/v1/responses", asking).body())
                .contains(
                        "\"type\":\"summary_text\",\"text\":\"hm\"",
                        "\"text\":\"Hi\"",
                        "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}");
    }

    @Test
    void fills_its_deltas_with_nulls_and_sends_all_tool_calls_in_the_last_chunk() throws Exception {
        mlx.says(Answer.saying("Hi").thinking("hm").calling("a", "{}").calling("b", "{}"));

        List<String> events = client.events(PATH, STREAM);

        assertThat(events)
                .satisfiesExactly(
                        event -> assertThat(event)
                                .contains(
                                        "\"content\":null",
                                        "\"reasoning\":\"hm\",\"reasoning_content\":\"hm\"",
                                        "\"tool_calls\":null"),
                        event -> assertThat(event).contains("\"content\":\"Hi\"", "\"reasoning\":null"),
                        event -> assertThat(event)
                                .contains("\"finish_reason\":\"tool_calls\"", "\"name\":\"a\"", "\"name\":\"b\""),
                        event -> assertThat(event).isEqualTo("[DONE]"));
    }

    @Test
    void answers_nobody_while_it_loads() throws Exception {
        Gate gate = Gate.closed();
        mlx.loadingFor(gate);
        try (RawClient loading = new RawClient(mlx.server());
                RawClient asking = new RawClient(mlx.server())) {
            loading.send(RawClient.post(PATH, STREAM));
            assertThat(gate.reached()).succeedsWithin(LIMIT);
            asking.send("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            mlx.server().request(1);
            gate.open();

            assertThat(asking.all()).contains("\"loaded_model\":\"" + ScriptedMlx.MODEL);
            loading.until("[DONE]");
        }
    }

    @Test
    void answers_others_while_it_generates_and_ends_a_stream_that_nobody_reads() throws Exception {
        Gate gate = Gate.closed();
        mlx.generatingFor(gate);
        try (RawClient generating = new RawClient(mlx.server())) {
            generating.send(RawClient.post(PATH, STREAM)).until("\r\n\r\n");
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
        }
        while (mlx.server().running() > 0) {
            Thread.onSpinWait();
        }
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void a_whole_answer_is_computed_to_its_end_whoever_reads_it() throws Exception {
        Gate gate = Gate.closed();
        mlx.generatingFor(gate);
        try (RawClient generating = new RawClient(mlx.server())) {
            generating.send(RawClient.post(PATH, CHAT));
            assertThat(gate.reached()).succeedsWithin(LIMIT);
        }
        assertThat(mlx.server().request(0).clientLeft()).succeedsWithin(LIMIT);
        assertThat(mlx.server().running()).isEqualTo(1);
        gate.open();
    }

    @Test
    void tells_errors_as_details() throws Exception {
        assertThat(client.post(PATH, CHAT.replace("\"model\"", "\"x\"")).body())
                .contains("\"type\":\"missing\",\"loc\":[\"body\",\"model\"],\"msg\":\"Field required\"");
        HttpResponse<String> unknown = client.post(PATH, CHAT.replace(ScriptedMlx.MODEL, "x"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("Model not found: 'x' is not a known Hugging Face repo or local path");
        assertThat(mlx.downloads()).containsExactly("x");
        assertThat(client.post(PATH, CHAT.replaceFirst("}$", ",\"top_p\":null}"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.post("/v1/completions", "{}").body()).isEqualTo("{\"detail\":\"Not Found\"}");

        mlx.breaksAfter(1, "[malloc] Unable to allocate 1 bytes.");
        assertThat(client.post(PATH, CHAT).body()).contains("{\"detail\":\"Generation failed: [malloc] Unable");
        assertThat(client.events(PATH, STREAM))
                .hasSize(2)
                .last()
                .isEqualTo("{\"error\":\"[malloc] Unable to allocate 1 bytes.\"}");

        mlx.limitedTo(100);
        assertThat(client.post(PATH, STREAM).body()).contains("max generation), but MAX_KV_SIZE is 100.");
    }

    @Test
    void a_key_guards_health_too() throws Exception {
        mlx.requiring("sesame");

        assertThat(client.get("/health").statusCode()).isEqualTo(401);
        assertThat(client.get("/health").body()).isEqualTo("{\"detail\":\"Invalid API key\"}");
        assertThat(client.send(client.request("/health")
                                .header("Authorization", "Bearer sesame")
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void embeds_and_ranks() throws Exception {
        String model = "{\"model\":\"%s\",".formatted(ScriptedMlx.MODEL);

        assertThat(client.post("/v1/embeddings", model + "\"input\":\"x\"}").body())
                .contains("\"embedding\":[");
        assertThat(client.post("/v1/rerank", model + "\"query\":\"b\",\"documents\":[\"a\",\"b\"]}")
                        .body())
                .contains("{\"index\":1,\"relevance_score\":0.9}");
    }

    @Test
    void speaks_anthropics_messages_too_with_its_errors() throws Exception {
        String message = "{\"model\":\"%s\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                .formatted(ScriptedMlx.MODEL);
        mlx.says(Answer.saying("Hi"));

        HttpResponse<String> whole = client.post("/v1/messages", message);

        assertThat(whole.body()).contains("\"type\":\"message\"", "\"text\":\"Hi\"");
        assertThat(whole.headers().firstValue("request-id")).isPresent();
        assertThat(client.post("/v1/messages", message.replaceFirst("}$", ",\"stream\":true}"))
                        .body())
                .contains("event: message_start\n", "event: message_stop\n");
        assertThat(client.post("/v1/messages/count_tokens", message).body()).contains("{\"input_tokens\":");
        assertThat(client.post("/messages", "{}").body())
                .contains("\"type\":\"invalid_request_error\",\"message\":\"model: Field required\"");
    }
}
