package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedOllamaTest {

    private static final String CHAT = "{\"model\":\"qwen3:8b\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String CHAT_WHOLE = CHAT.replace("}]}", "}],\"stream\":false}");
    private static final String CHAT_STREAM = CHAT.replace("}]}", "}],\"stream\" : true}");

    private final ScriptedOllama ollama = ScriptedOllama.start();
    private final Asking client = new Asking(ollama.uri());

    @AfterEach
    void close() {
        client.close();
        ollama.close();
    }

    @Test
    void streams_lines_unless_told_not_to() throws Exception {
        ollama.says(Answer.saying("Hello", " you"));

        HttpResponse<String> streamed = client.post("/api/chat", CHAT);
        List<Json> lines = streamed.body().lines().map(Json::read).toList();
        Json whole = Json.read(client.post("/api/chat", CHAT_WHOLE).body());

        assertThat(streamed.headers().firstValue("content-type")).contains("application/x-ndjson");
        assertThat(lines).extracting(line -> line.text("/message/content")).containsExactly("Hello", " you", "");
        assertThat(lines).extracting(line -> line.flag("/done", false)).containsExactly(false, false, true);
        assertThat(lines.getLast().at("/prompt_eval_count")).map(Json::raw).contains("26");
        assertThat(whole.text("/message/content")).isEqualTo("Hello you");
    }

    @Test
    void leaves_out_figures_that_are_zero() throws Exception {
        ollama.says(Answer.saying("a").using(0, 1));

        assertThat(client.post("/api/chat", CHAT_WHOLE).body()).doesNotContain("prompt_eval_count");
    }

    @Test
    void calls_tools_with_arguments_that_are_objects_and_still_says_stop() throws Exception {
        ollama.says(Answer.saying().calling("get_weather", "{\"city\":\"Paris\"}"));

        Json reply = Json.read(client.post("/api/chat", CHAT_WHOLE).body());

        assertThat(reply.at("/message/tool_calls/0/function/arguments"))
                .map(Json::raw)
                .contains("{\"city\":\"Paris\"}");
        assertThat(reply.text("/done_reason")).isEqualTo("stop");
    }

    @Test
    void numbers_the_calls_of_a_stream_through() throws Exception {
        ollama.says(Answer.saying().calling("a", "{}").calling("b", "{}"));

        List<String> lines =
                client.post("/api/chat", CHAT_STREAM).body().lines().toList();

        assertThat(lines.get(0)).contains("\"index\":0,\"name\":\"a\"", "\"id\":\"call_1\"");
        assertThat(lines.get(1)).contains("\"index\":1,\"name\":\"b\"", "\"id\":\"call_2\"");
    }

    @Test
    void generates_in_the_older_shape_too() throws Exception {
        String reply = client.post("/api/generate", "{\"model\":\"qwen3:8b\",\"prompt\":\"x\",\"stream\":false}")
                .body();

        assertThat(Json.read(reply).text("/response")).isEqualTo("All signals are green.");
        assertThat(Json.read(reply).items("/context")).hasSize(3);
    }

    @Test
    void a_model_is_listed_while_it_loads_and_the_head_waits() throws Exception {
        Gate gate = Gate.closed();
        ollama.loadingFor(gate);

        CompletableFuture<Integer> asked = inBackground(CHAT);
        assertThat(gate.reached()).succeedsWithin(10, TimeUnit.SECONDS);

        assertThat(Json.read(client.get("/api/ps").body()).text("/models/0/name"))
                .isEqualTo("qwen3:8b");
        assertThat(asked).isNotDone();
        gate.open();
        assertThat(asked).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(200);
    }

    @Test
    void loads_and_unloads_when_asked_nothing() throws Exception {
        String load = client.post("/api/generate", "{\"model\":\"qwen3:8b\"}").body();
        assertThat(Json.read(load).text("/done_reason")).isEqualTo("load");
        assertThat(ollama.resident()).containsExactly("qwen3:8b");

        String unload = client.post("/api/generate", "{\"model\":\"qwen3:8b\",\"keep_alive\":0}")
                .body();
        assertThat(Json.read(unload).text("/done_reason")).isEqualTo("unload");
        assertThat(ollama.resident()).isEmpty();
        assertThat(ollama.server().generations()).isZero();
    }

    @Test
    void a_model_may_stay_for_a_while_after_it_was_unloaded() throws Exception {
        Gate gate = Gate.closed();
        ollama.loaded("qwen3:8b").unloadingFor(gate);

        client.post("/api/chat", "{\"model\":\"qwen3:8b\",\"messages\":[],\"keep_alive\":\"0\"}");

        assertThat(ollama.resident()).containsExactly("qwen3:8b");
        gate.open();
        assertThat(ollama.resident()).isEmpty();
    }

    @Test
    void tells_that_a_model_does_not_load() throws Exception {
        ollama.failsToLoad("llama-server reported out-of-memory during startup: x");

        HttpResponse<String> reply = client.post("/api/chat", CHAT);

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(Json.read(reply.body()).text("/error")).contains("out-of-memory");
        assertThat(ollama.resident()).isEmpty();
    }

    @Test
    void refuses_what_it_does_not_have_or_cannot_do() throws Exception {
        ollama.installed(OllamaModel.named("qwen3:8b").able("completion"));

        assertThat(client.post("/api/chat", CHAT.replace("qwen3:8b", "x")).body())
                .isEqualTo("{\"error\":\"model 'x' not found\"}");
        assertThat(client.post("/api/chat", CHAT.replace("}]}", "}],\"think\":true}"))
                        .body())
                .contains("does not support thinking");
        assertThat(client.post("/api/chat", CHAT.replace("}]}", "}],\"tools\":[{}]}"))
                        .body())
                .contains("does not support tools");
        assertThat(client.post("/api/chat", "{").statusCode()).isEqualTo(400);
        assertThat(client.post("/api/odd", "{}").body()).isEqualTo("404 page not found");
    }

    @Test
    void says_with_two_spaces_that_too_many_wait() throws Exception {
        ollama.full();

        HttpResponse<String> reply = client.post("/api/chat", CHAT);

        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.body()).contains("try again.  maximum pending");
    }

    @Test
    void wraps_errors_of_the_server_inside_it_into_text() throws Exception {
        ollama.nestedJsonError("request (5000 tokens) exceeds the available context size (4096 tokens)");

        Json error = Json.read(client.post("/api/chat", CHAT).body());

        assertThat(Json.read(error.text("/error")).text("/error/type")).isEqualTo("exceed_context_size_error");
    }

    @Test
    void tells_an_error_in_a_stream_by_a_line_and_under_v1_not_at_all() throws Exception {
        ollama.breaksAfter(1, "an error was encountered");

        List<String> lines = client.post("/api/chat", CHAT).body().lines().toList();
        List<String> events = client.events("/v1/chat/completions", CHAT_STREAM);

        assertThat(lines).hasSize(2).last().isEqualTo("{\"error\":\"an error was encountered\"}");
        assertThat(events)
                .hasSize(2)
                .last()
                .asString()
                .contains("\"model\":\"\"")
                .doesNotContain("error", "[DONE]");
    }

    @Test
    void imitates_openai_with_one_id_for_everybody() throws Exception {
        ollama.says(Answer.saying("Hi").thinking("Let").calling("f", "{}"));

        List<String> events = client.events("/v1/chat/completions", CHAT_STREAM);

        assertThat(events).last().isEqualTo("[DONE]");
        assertThat(events.subList(0, events.size() - 1)).allSatisfy(event -> {
            assertThat(Json.read(event).text("/id")).isEqualTo("chatcmpl-417");
            assertThat(Json.read(event).text("/system_fingerprint")).isEqualTo("fp_ollama");
        });
        assertThat(Json.read(events.getFirst()).text("/choices/0/delta/reasoning"))
                .isEqualTo("Let");
        assertThat(Json.read(events.get(2)).text("/choices/0/delta/tool_calls/0/function/arguments"))
                .isEqualTo("{}");
        assertThat(Json.read(events.get(3)).text("/choices/0/finish_reason")).isEqualTo("tool_calls");
    }

    @Test
    void lists_null_if_nothing_is_installed() throws Exception {
        ollama.installed();

        assertThat(client.get("/v1/models").body()).isEqualTo("{\"object\":\"list\",\"data\":null}");
        assertThat(client.get("/api/tags").body()).isEqualTo("{\"models\":null}");
    }

    @Test
    void lists_and_shows_what_is_installed() throws Exception {
        ollama.installed(OllamaModel.named("a:1b").sized(7));

        assertThat(Json.read(client.get("/api/tags").body()).at("/models/0/size"))
                .map(Json::raw)
                .contains("7");
        Json shown = Json.read(client.post("/api/show", "{\"name\":\"A:1b\"}").body());
        assertThat(shown.at("/model_info/qwen3.context_length")).map(Json::raw).contains("40960");
        assertThat(client.post("/api/show", "{\"model\":\"b\"}").statusCode()).isEqualTo(404);
        assertThat(Json.read(client.get("/v1/models").body()).text("/data/0/id"))
                .isEqualTo("a:1b");
    }

    @Test
    void embeds_the_same_text_the_same_way() throws Exception {
        Json two = Json.read(client.post("/api/embed", "{\"model\":\"qwen3:8b\",\"input\":[\"a\",\"a\"]}")
                .body());

        assertThat(two.at("/embeddings/0").orElseThrow().raw())
                .isEqualTo(two.at("/embeddings/1").orElseThrow().raw());
        assertThat(client.post(
                                "/v1/embeddings",
                                "{\"model\":\"qwen3:8b\",\"input\":\"a\",\"encoding_format\":\"base64\"}")
                        .body())
                .contains("\"embedding\":\"");
    }

    @Test
    void turns_away_a_host_that_is_not_local_without_a_word() throws Exception {
        try (RawClient raw = new RawClient(ollama.server())) {
            assertThat(raw.send("GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n")
                            .all())
                    .startsWith("HTTP/1.1 403")
                    .endsWith("\r\n\r\n");
        }
        assertThat(client.get("/").body()).isEqualTo("Ollama is running");
    }

    private CompletableFuture<Integer> inBackground(String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.post("/api/chat", body).statusCode();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }
}
