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
class ScriptedLlamaServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PATH = "/v1/chat/completions";
    private static final String CHAT = "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = CHAT.replace("}]}", "}],\"stream\":true}");

    private final ScriptedLlamaServer llama = ScriptedLlamaServer.start();
    private final Asking client = new Asking(llama.uri());

    @AfterEach
    void close() {
        client.close();
        llama.close();
    }

    @Test
    void begins_with_a_delta_without_content_and_ends_with_timings() throws Exception {
        llama.says(Answer.saying("Hello", " you").calling("f", "{\"a\":1}"));

        List<Json> chunks = client.events(PATH, STREAM).stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(Json::read)
                .toList();

        assertThat(chunks.getFirst().at("/choices/0/delta/content"))
                .map(Json::raw)
                .contains("null");
        assertThat(chunks.get(3).text("/choices/0/delta/tool_calls/0/function/name"))
                .isEqualTo("f");
        assertThat(chunks.get(4).text("/choices/0/delta/tool_calls/0/function/arguments"))
                .isEqualTo("{\"a");
        assertThat(chunks.getLast().at("/timings/predicted_n")).isPresent();
        assertThat(chunks).filteredOn(chunk -> chunk.at("/timings").isPresent()).hasSize(1);
        assertThat(chunks.getFirst().text("/model")).isEqualTo("tiny-model");
    }

    @Test
    void sends_two_events_in_one_chunk_and_closes_without_saying_so() throws Exception {
        try (RawClient raw = new RawClient(llama.server())) {
            String seen = raw.send(RawClient.post(PATH, STREAM)).all();

            assertThat(seen).contains("Keep-Alive: timeout=5").doesNotContain("Connection: close");
            assertThat(seen).containsPattern("\"content\":null[^\r]*\n\ndata: [^\r]*\"content\":\"All\"");
            assertThat(seen).endsWith("e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void keeps_the_connection_after_a_whole_answer_and_not_after_an_error() throws Exception {
        try (RawClient raw = new RawClient(llama.server())) {
            raw.send(RawClient.post(PATH, CHAT)).until("\"timings\"");
            raw.send(RawClient.post(PATH, "{}")).until("'messages' is required");
            assertThat(raw.all()).contains("}}");
        }
        assertThat(llama.server().connections()).isEqualTo(1);
    }

    @Test
    void says_that_it_is_loading_until_it_has_loaded() throws Exception {
        llama.loading(true);
        assertThat(client.get("/health").body()).contains("Loading model");
        assertThat(client.post(PATH, CHAT).statusCode()).isEqualTo(503);

        llama.loading(false);
        assertThat(client.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void a_queued_stream_gets_not_even_a_head() throws Exception {
        Gate gate = Gate.closed();
        llama.slots(1).measuring().prefillingFor(gate);
        try (RawClient first = new RawClient(llama.server());
                RawClient second = new RawClient(llama.server())) {
            first.send(RawClient.post(PATH, STREAM)).until("\r\n\r\n");
            second.send(RawClient.post(PATH, STREAM));
            llama.server().request(1);
            while (llama.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertThat(client.get("/metrics").body())
                    .contains("requests_processing 1")
                    .contains("requests_deferred 1");
            assertThat(client.get("/slots?fail_on_no_slot=1").statusCode()).isEqualTo(503);
            assertThat(client.get("/slots").body()).contains("\"is_processing\":true");

            gate.open();
            assertThat(first.all()).contains("[DONE]");
            assertThat(second.all()).contains("[DONE]");
        }
    }

    @Test
    void a_client_that_leaves_the_queue_takes_no_slot() throws Exception {
        Gate gate = Gate.closed();
        llama.slots(1).prefillingFor(gate);
        try (RawClient first = new RawClient(llama.server())) {
            first.send(RawClient.post(PATH, STREAM)).until("\r\n\r\n");
            try (RawClient second = new RawClient(llama.server())) {
                second.send(RawClient.post(PATH, STREAM));
                llama.server().request(1);
            }
            assertThat(llama.server().request(1).clientLeft()).succeedsWithin(LIMIT);
            gate.open();
            first.all();
        }
        assertThat(client.post(PATH, CHAT).statusCode()).isEqualTo(200);
    }

    @Test
    void sends_comments_while_it_reads_the_prompt() throws Exception {
        llama.pinging(2);

        assertThat(client.post(PATH, STREAM).body()).startsWith(":\n\n:\n\ndata: ");
    }

    @Test
    void an_error_in_a_stream_is_a_frame_and_a_clean_end_without_the_mark() throws Exception {
        llama.breaksAfter(2, "got exception");

        List<String> events = client.events(PATH, STREAM);

        assertThat(events).hasSize(3).last().asString().startsWith("{\"error\":{\"code\":500");
    }

    @Test
    void calls_a_clients_mistakes_by_its_own_numbers() throws Exception {
        llama.serving("m", 10);

        assertThat(client.post(PATH, "{").statusCode()).isEqualTo(500);
        assertThat(client.post(PATH, "{}").statusCode()).isEqualTo(400);
        assertThat(client.post("/v1/embeddings", "{}").statusCode()).isEqualTo(501);
        assertThat(client.post("/v1/rerank", "{}").statusCode()).isEqualTo(501);
        assertThat(client.get("/metrics").statusCode()).isEqualTo(501);
        assertThat(client.get("/odd").statusCode()).isEqualTo(404);
        HttpResponse<String> overflow = client.post(PATH, CHAT.replace("hi", "all clear ".repeat(20)));
        assertThat(overflow.statusCode()).isEqualTo(400);
        assertThat(Json.read(overflow.body()).text("/error/type")).isEqualTo("exceed_context_size_error");
    }

    @Test
    void wants_its_key_everywhere_but_for_its_health() throws Exception {
        llama.requiring("k-1");

        assertThat(client.get("/health").statusCode()).isEqualTo(200);
        assertThat(client.get("/v1/models").body()).contains("Invalid API Key");
        assertThat(client.send(client.request("/v1/models")
                                .header("X-Api-Key", "k-1")
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void tells_about_itself() throws Exception {
        llama.serving("m", 2048).embedding();

        assertThat(Json.read(client.get("/v1/models").body()).at("/data/0/meta/n_ctx"))
                .map(Json::raw)
                .contains("2048");
        assertThat(Json.read(client.get("/props").body()).text("/model_alias")).isEqualTo("m");
        assertThat(client.post("/tokenize", "{\"content\":\"12345678\"}").body())
                .isEqualTo("{\"tokens\":[0,1]}");
        assertThat(client.post("/v1/messages/count_tokens", CHAT).body()).isEqualTo("{\"input_tokens\":1}");
        assertThat(client.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"a\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void ranks_documents_or_what_is_called_texts() throws Exception {
        llama.reranking();

        assertThat(client.post("/v1/rerank", "{\"model\":\"m\",\"query\":\"a\",\"documents\":[\"b\",\"a\"]}")
                        .body())
                .contains("\"model\":\"m\"", "{\"index\":1,\"relevance_score\":0.9}");
        assertThat(client.post("/rerank", "{\"query\":\"a\",\"texts\":[\"b\",\"a\"]}")
                        .body())
                .isEqualTo("[{\"index\":0,\"score\":0.1},{\"index\":1,\"score\":0.9}]");
    }

    @Test
    void completions_tell_their_tokens_unasked() throws Exception {
        String prompt = "{\"model\":\"m\",\"prompt\":\"hi\",\"stream\":true}";

        List<String> events = client.events("/v1/completions", prompt);

        assertThat(Json.read(events.get(events.size() - 2)).at("/usage/completion_tokens"))
                .isPresent();
        assertThat(events).last().isEqualTo("[DONE]");
    }

    @Test
    void goes_on_with_an_answer_that_nobody_waits_for_unless_it_is_streamed() throws Exception {
        Gate gate = Gate.closed();
        llama.prefillingFor(gate);
        try (RawClient raw = new RawClient(llama.server())) {
            raw.send(RawClient.post(PATH, CHAT));
            llama.server().request(0);
            assertThat(gate.reached()).succeedsWithin(LIMIT);
        }
        assertThat(llama.server().request(0).clientLeft()).succeedsWithin(LIMIT);
        assertThat(client.get("/slots").body()).contains("\"is_processing\":true");

        gate.open();
        while (client.get("/slots").body().contains("\"is_processing\":true")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void sleeps_until_it_is_asked_for_anything_but_itself() throws Exception {
        llama.sleeps();

        assertThat(Json.read(client.get("/props").body()).flag("/is_sleeping", false))
                .isTrue();
        client.get("/metrics");
        client.get("/v1/models");
        assertThat(llama.asleep()).isTrue();

        client.get("/slots");
        assertThat(llama.asleep()).isFalse();
    }
}
