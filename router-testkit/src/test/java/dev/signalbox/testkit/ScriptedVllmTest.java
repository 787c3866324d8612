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
class ScriptedVllmTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PATH = "/v1/chat/completions";
    private static final String CHAT =
            "{\"model\":\"test-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = CHAT.replace("}]}", "}],\"stream\":true}");

    private final ScriptedVllm vllm = ScriptedVllm.start();
    private final Asking client = new Asking(vllm.uri());

    @AfterEach
    void close() {
        client.close();
        vllm.close();
    }

    @Test
    void streams_reasoning_text_and_calls_in_its_own_manner() throws Exception {
        vllm.says(Answer.saying("Hello").thinking("Let").calling("f", "{\"a\":1}"));

        List<Json> chunks = client.events(PATH, STREAM).stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(Json::read)
                .toList();

        assertThat(chunks.get(0).text("/choices/0/delta/role")).isEqualTo("assistant");
        assertThat(chunks.get(1).text("/choices/0/delta/reasoning")).isEqualTo("Let");
        assertThat(chunks.get(2).text("/choices/0/delta/content")).isEqualTo("Hello");
        assertThat(chunks.get(3).text("/choices/0/delta/tool_calls/0/id")).startsWith("chatcmpl-tool-");
        assertThat(chunks.getLast().text("/choices/0/finish_reason")).isEqualTo("tool_calls");
    }

    @Test
    void every_name_is_answered_with_the_first_and_an_adapter_with_its_own() throws Exception {
        vllm.serving("first", "second").adapting("sql-lora");

        assertThat(client.post(PATH, CHAT.replace("test-model", "second")).body())
                .contains("\"model\":\"first\"");
        assertThat(client.post(PATH, CHAT.replace("test-model", "sql-lora")).body())
                .contains("\"model\":\"sql-lora\"");
        Json list = Json.read(client.get("/v1/models").body());
        assertThat(list.items("/data")).hasSize(3);
        assertThat(list.text("/data/2/parent")).isEqualTo("first");
        assertThat(list.at("/data/2/max_model_len")).map(Json::raw).contains("null");
        assertThat(list.at("/data/0/max_model_len")).map(Json::raw).contains("40960");
        assertThat(client.post(PATH, CHAT).body()).contains("The model `test-model` does not exist.");
    }

    @Test
    void wants_its_key_below_v1_only() throws Exception {
        vllm.requiring("k-1");

        assertThat(client.post(PATH, CHAT).body()).isEqualTo("{\"error\":\"Unauthorized\"}");
        assertThat(client.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(client.get("/health").statusCode()).isEqualTo(200);
        assertThat(client.get("/version").body()).isEqualTo("{\"version\":\"0.19.0\"}");
    }

    @Test
    void counts_tokens_and_refuses_what_is_too_long() throws Exception {
        vllm.context(100);
        Json counted = Json.read(client.post("/tokenize", CHAT).body());
        int count = Integer.parseInt(counted.at("/count").orElseThrow().raw());

        assertThat(counted.items("/tokens")).hasSize(count);
        assertThat(client.post(PATH, CHAT.replace("\"hi\"", "\"hi\",\"x\":0")).statusCode())
                .isEqualTo(200);
        HttpResponse<String> tooLong = client.post(PATH, CHAT.replace("}]}", "}],\"max_tokens\":100}"));
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body())
                .contains("maximum context length is 100 tokens", "\"param\":\"input_tokens\"", "\"code\":400");
        assertThat(vllm.server().generations()).isEqualTo(1);
    }

    @Test
    void tells_how_busy_it_is_under_new_names_and_old() throws Exception {
        vllm.busy(3, 0.5);
        assertThat(client.get("/metrics").body())
                .contains("vllm:num_requests_running{engine=\"0\",model_name=\"test-model\"} 0.0")
                .contains("vllm:num_requests_waiting{engine=\"0\",model_name=\"test-model\"} 3.0")
                .contains("vllm:kv_cache_usage_perc{engine=\"0\",model_name=\"test-model\"} 0.5");

        vllm.measuringAsOnce();
        assertThat(client.get("/metrics").body())
                .contains("vllm:gpu_cache_usage_perc{model_name=\"test-model\"} 0.5")
                .doesNotContain("kv_cache");
    }

    @Test
    void has_only_the_routes_of_its_task() throws Exception {
        assertThat(client.get("/openapi.json").body())
                .contains("\"/v1/chat/completions\":{\"post\":{}}")
                .doesNotContain("/v1/embeddings");
        HttpResponse<String> missing = client.post("/v1/embeddings", CHAT);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("\"message\":\"Not Found\",\"type\":\"Not Found\"");

        vllm.doing(ScriptedVllm.Task.POOLING);
        assertThat(client.post(PATH, CHAT).statusCode()).isEqualTo(404);
        assertThat(client.post("/v1/embeddings", "{\"model\":\"test-model\",\"input\":\"a\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.post("/v1/rerank", "{\"model\":\"test-model\",\"query\":\"q\",\"documents\":[\"a\"]}")
                        .body())
                .contains("\"relevance_score\":0.98");

        vllm.hidingRoutes();
        assertThat(client.get("/openapi.json").statusCode()).isEqualTo(404);
    }

    @Test
    void sleeps_only_if_it_was_started_with_that() throws Exception {
        assertThat(client.get("/is_sleeping").statusCode()).isEqualTo(404);
        assertThat(client.post("/sleep?level=1", "").statusCode()).isEqualTo(404);

        vllm.sleepable();
        assertThat(client.post("/sleep?level=1", "").statusCode()).isEqualTo(200);
        assertThat(client.get("/is_sleeping").body()).isEqualTo("{\"is_sleeping\":true}");
        assertThat(client.post("/wake_up", "").body()).isEmpty();
        assertThat(vllm.isAsleep()).isFalse();
        assertThat(vllm.server().generations()).isZero();
    }

    @Test
    void may_promise_to_sleep_before_it_does() throws Exception {
        Gate gate = Gate.closed();
        vllm.sleepable().turningFor(gate);

        assertThat(client.post("/sleep?level=1", "").statusCode()).isEqualTo(200);
        assertThat(gate.reached()).succeedsWithin(LIMIT);
        assertThat(vllm.isAsleep()).isFalse();
    }

    @Test
    void dies_of_a_request_in_its_sleep() throws Exception {
        vllm.sleepable().asleep(true);

        assertThat(client.post(PATH, CHAT).body()).contains("EngineCore encountered an issue");
        assertThat(client.get("/health").statusCode()).isEqualTo(503);
        assertThat(vllm.isDead()).isTrue();
        assertThat(client.events(PATH, STREAM)).hasSize(2).last().isEqualTo("[DONE]");
    }
}
