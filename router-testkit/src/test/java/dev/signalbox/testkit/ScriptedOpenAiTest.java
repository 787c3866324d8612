package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedOpenAiTest {

    private static final String PATH = "/v1/chat/completions";
    private static final String CHAT =
            "{\"model\":\"test-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = CHAT.replace("}]}", "}],\"stream\":true}");
    private static final String STREAM_USAGE =
            CHAT.replace("}]}", "}],\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

    @ParameterizedTest
    @EnumSource
    void streams_the_answer_a_finish_the_tokens_and_the_end_mark(Flavor flavor) throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start(flavor);
                Asking client = new Asking(server.uri())) {
            server.says(Answer.saying("Hello", " you"));

            List<String> events = client.events(PATH, STREAM_USAGE);

            assertThat(events).last().isEqualTo("[DONE]");
            List<Json> chunks = events.subList(0, events.size() - 1).stream()
                    .map(Json::read)
                    .toList();
            assertThat(chunks.stream()
                            .map(chunk -> chunk.text("/choices/0/delta/content"))
                            .collect(Collectors.joining()))
                    .isEqualTo("Hello you");
            assertThat(chunks)
                    .extracting(chunk -> chunk.text("/choices/0/finish_reason"))
                    .containsOnlyOnce("stop");
            assertThat(chunks.getLast().items("/choices")).isEmpty();
            assertThat(chunks.getLast().at("/usage/prompt_tokens"))
                    .map(Json::raw)
                    .contains("26");
        }
    }

    @ParameterizedTest
    @EnumSource
    void answers_at_once_if_no_stream_is_asked_for(Flavor flavor) throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start(flavor);
                Asking client = new Asking(server.uri())) {
            server.says(Answer.saying("Hello", " you").calling("f", "{\"a\":1}"));

            Json reply = Json.read(client.post(PATH, CHAT).body());

            assertThat(reply.text("/choices/0/message/content")).isEqualTo("Hello you");
            assertThat(reply.text("/choices/0/message/tool_calls/0/function/arguments"))
                    .isEqualTo("{\"a\":1}");
            assertThat(reply.text("/choices/0/finish_reason")).isEqualTo("tool_calls");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tells_errors_in_its_own_envelope(Flavor flavor) throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start(flavor);
                Asking client = new Asking(server.uri())) {
            server.refuses(400, "prompt is too long");

            HttpResponse<String> reply = client.post(PATH, CHAT);

            assertThat(reply.statusCode()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo(flavor.errors().body(400, flavor.typeOf(400), "prompt is too long"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ends_a_broken_stream_in_its_own_way(Flavor flavor) throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start(flavor);
                Asking client = new Asking(server.uri())) {
            server.breaksAfter(1, "engine died");

            List<String> events = client.events(PATH, STREAM);

            assertThat(events.get(1)).contains("engine died").contains("\"error\"");
            assertThat(events.contains("[DONE]")).isEqualTo(flavor.marksEndOfFailure());
        }
    }

    @Test
    void some_runtimes_refuse_a_stream_inside_a_200() throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start(Flavor.TGI);
                Asking client = new Asking(server.uri())) {
            server.refuses(429, "Model is overloaded");

            HttpResponse<String> streamed = client.post(PATH, STREAM);

            assertThat(streamed.statusCode()).isEqualTo(200);
            assertThat(streamed.body()).contains("Model is overloaded").endsWith("data: [DONE]\n\n");
            assertThat(client.post(PATH, CHAT).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void lm_studio_finds_every_path() throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start(Flavor.LM_STUDIO);
                Asking client = new Asking(server.uri())) {
            HttpResponse<String> reply = client.get("/health");

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).contains("Unexpected endpoint or method. (GET /health)");
        }
    }

    @Test
    void wants_its_key_where_it_has_one() throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start(Flavor.VLLM).requiring("k-1");
                Asking client = new Asking(server.uri())) {
            assertThat(client.get("/v1/models").body()).isEqualTo("{\"error\":\"Unauthorized\"}");
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
            assertThat(client.send(client.request("/v1/models")
                                    .header("Authorization", "Bearer k-1")
                                    .build())
                            .body())
                    .contains("max_model_len");
        }
    }

    @Test
    void knows_only_its_models_and_reads_requests_however_they_are_spaced() throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start().serving("a", "b");
                Asking client = new Asking(server.uri())) {
            assertThat(client.post(PATH, CHAT).statusCode()).isEqualTo(404);
            assertThat(client.post(PATH, CHAT.replace("\"test-model\"", " \n \"b\""))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.post(PATH, "{\"model\":\"a\"}").body()).contains("'messages' is missing");
            assertThat(client.post(PATH, "nonsense").statusCode()).isEqualTo(400);
            assertThat(client.get("/v1/models").body()).contains("\"a\"").contains("\"b\"");
        }
    }

    @Test
    void completes_and_embeds() throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start();
                Asking client = new Asking(server.uri())) {
            List<String> events =
                    client.events("/v1/completions", "{\"model\":\"test-model\",\"prompt\":\"x\",\"stream\":true}");
            assertThat(Json.read(events.getFirst()).text("/choices/0/text")).isEqualTo("All");
            assertThat(client.post("/v1/embeddings", "{\"model\":\"test-model\",\"input\":[\"a\",\"b\"]}")
                            .body())
                    .contains("\"index\":1");
        }
    }

    @Test
    void spoils_replies_as_it_is_told_until_it_recovers() throws Exception {
        try (ScriptedOpenAi server = ScriptedOpenAi.start();
                Asking client = new Asking(server.uri())) {
            server.sends(reply -> Reply.status(502));
            assertThat(client.post(PATH, CHAT).statusCode()).isEqualTo(502);
            assertThat(client.get("/v1/models").statusCode()).isEqualTo(200);

            server.recovers();
            assertThat(client.post(PATH, CHAT).statusCode()).isEqualTo(200);
        }
    }
}
