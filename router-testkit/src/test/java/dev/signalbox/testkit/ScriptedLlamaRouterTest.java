package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a llama-server without a model of its own does, as it was seen on the wire. */
@Timeout(120) // what is waited for in vain fails its test, not the build
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedLlamaRouterTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PATH = "/v1/chat/completions";
    private static final String NOT_LOADED = "model is not loaded";

    private final ScriptedLlamaServer llama = ScriptedLlamaServer.start()
            .routing(
                    LlamaModel.named("qwen").aliased("q"),
                    LlamaModel.named("gemma").holding(2048),
                    LlamaModel.named("broken").broken());
    private final Asking client = new Asking(llama.uri());

    @AfterEach
    void close() {
        client.close();
        llama.close();
    }

    @Test
    void says_that_it_is_a_router() throws Exception {
        Json props = Json.read(client.get("/props").body());

        assertThat(props.text("/role")).isEqualTo("router");
        assertThat(props.at("/default_generation_settings/n_ctx"))
                .map(Json::raw)
                .contains("0");
    }

    @Test
    void lists_what_it_could_load_and_the_context_of_what_it_has() throws Exception {
        llama.loaded("gemma");

        Json list = Json.read(client.get("/models").body());

        assertThat(list.items("/data"))
                .extracting(model -> model.text("/id"))
                .containsExactly("qwen", "gemma", "broken");
        assertThat(list.items("/data"))
                .extracting(model -> model.text("/status/value"))
                .containsExactly("unloaded", "loaded", "unloaded");
        assertThat(list.text("/data/0/aliases/0")).isEqualTo("q");
        assertThat(list.at("/data/0/meta")).isEmpty();
        assertThat(list.at("/data/1/meta/n_ctx")).map(Json::raw).contains("2048");
        assertThat(list.at("/data/1/status/failed")).isEmpty();
    }

    @Test
    void confirms_loading_before_it_has_loaded() throws Exception {
        Gate gate = Gate.closed();
        llama.loadingFor(gate);

        assertThat(post("/models/load", "qwen").body()).isEqualTo("{\"success\":true}");
        assertThat(status("qwen")).isEqualTo("loading");
        assertThat(post("/models/load", "qwen").body()).contains("model is already running");

        gate.open();
        assertThat(status("qwen")).isEqualTo("loaded");
        assertThat(post("/models/load", "nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void confirms_unloading_before_it_has_unloaded() throws Exception {
        Gate gate = Gate.closed();
        llama.loaded("qwen").unloadingFor(gate);

        assertThat(post("/models/unload", "qwen").body()).isEqualTo("{\"success\":true}");
        assertThat(llama.resident()).containsExactly("qwen");

        gate.open();
        assertThat(llama.resident()).isEmpty();
        assertThat(post("/models/unload", "qwen").body()).contains("model is not running");
        assertThat(post("/models/unload", "nobody").statusCode()).isEqualTo(400);
    }

    @Test
    void a_broken_file_is_seen_in_the_list_only() throws Exception {
        assertThat(post("/models/load", "broken").body()).isEqualTo("{\"success\":true}");

        Json broken = Json.read(client.get("/models").body()).at("/data/2").orElseThrow();
        assertThat(broken.text("/status/value")).isEqualTo("unloaded");
        assertThat(broken.flag("/status/failed", false)).isTrue();
        assertThat(broken.at("/status/exit_code")).map(Json::raw).contains("1");

        HttpResponse<String> chat = client.post(PATH, chat("broken"));
        assertThat(chat.statusCode()).isEqualTo(500);
        assertThat(chat.body()).contains("model name=broken failed to load");
    }

    @Test
    void unloading_what_is_loading_kills_it() throws Exception {
        llama.loadingFor(Gate.closed());
        post("/models/load", "qwen");

        post("/models/unload", "qwen");

        assertThat(client.get("/models").body()).contains("\"failed\":true");
    }

    @Test
    void a_request_loads_its_model_and_waits_for_it() throws Exception {
        Gate gate = Gate.closed();
        llama.loadingFor(gate);
        try (RawClient raw = new RawClient(llama.server())) {
            raw.send(RawClient.post(PATH, chat("q")));
            assertThat(gate.reached()).succeedsWithin(LIMIT);
            assertThat(llama.resident()).containsExactly("qwen");

            gate.open();
            assertThat(raw.all()).contains("Connection: close").contains("\"model\":\"qwen\"");
        }
    }

    @Test
    void loads_nothing_for_who_does_not_want_it() throws Exception {
        assertThat(client.post(PATH + "?autoload=false", chat("qwen")).body()).contains(NOT_LOADED);
        assertThat(client.get("/props?model=qwen&autoload=false").body()).contains(NOT_LOADED);
        llama.autoload(false);
        assertThat(client.post(PATH, chat("qwen")).body()).contains(NOT_LOADED);

        assertThat(llama.resident()).isEmpty();
    }

    @Test
    void wants_the_name_of_a_model_it_has() throws Exception {
        assertThat(client.get("/slots").body()).contains("model name is missing from the request");
        assertThat(client.get("/metrics").statusCode()).isEqualTo(400);
        assertThat(client.post(PATH, "{\"messages\":[]}").body()).contains("model name is missing");
        HttpResponse<String> unknown = client.post(PATH, chat("nope"));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("model 'nope' not found");
        assertThat(client.get("/nope").statusCode()).isEqualTo(404);
    }

    @Test
    void tells_of_a_model_what_its_process_tells() throws Exception {
        llama.loaded("gemma");

        assertThat(Json.read(client.get("/props?model=gemma").body()).at("/default_generation_settings/n_ctx"))
                .map(Json::raw)
                .contains("2048");
        assertThat(client.get("/slots?model=gemma").body()).contains("\"n_ctx\":2048");
    }

    @Test
    void makes_room_by_giving_up_what_was_used_longest_ago() throws Exception {
        llama.atMost(1).loaded("qwen");

        client.post(PATH, chat("gemma"));

        assertThat(llama.resident()).containsExactly("gemma");
        assertThat(client.get("/models").body()).doesNotContain("failed");
    }

    @Test
    void gives_up_nothing_that_is_busy() throws Exception {
        Gate gate = Gate.closed();
        llama.atMost(1).loaded("qwen").prefillingFor(gate);
        try (RawClient busy = new RawClient(llama.server())) {
            busy.send(RawClient.post(PATH, chat("qwen"))).until("\r\n\r\n");

            assertThat(post("/models/load", "gemma").body()).contains("model limit reached, try again later");

            gate.open();
            busy.all();
        }
    }

    @Test
    void a_process_that_dies_leaves_bare_text_and_a_clean_end() throws Exception {
        llama.loaded("qwen").childDiesAfter(3);
        try (RawClient raw = new RawClient(llama.server())) {
            String seen = raw.send(RawClient.post(PATH, chat("qwen"))).all();

            assertThat(seen).endsWith("26\r\nproxy error: Failed to read connection\r\n0\r\n\r\n");
            assertThat(seen).doesNotContain("[DONE]");
        }
        while (!client.get("/models").body().contains("\"failed\":true")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_sleeping_model_wakes_when_it_is_asked() throws Exception {
        llama.loaded("qwen").sleeps("qwen");
        assertThat(status("qwen")).isEqualTo("sleeping");

        client.post(PATH, chat("qwen"));

        assertThat(status("qwen")).isEqualTo("loaded");
    }

    private String status(String model) throws Exception {
        List<Json> models = Json.read(client.get("/models").body()).items("/data");
        return models.stream()
                .filter(one -> one.text("/id").equals(model))
                .map(one -> one.text("/status/value"))
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> post(String path, String model) throws Exception {
        return client.post(path, "{\"model\":\"%s\"}".formatted(model));
    }

    private static String chat(String model) {
        return "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                .formatted(model);
    }
}
