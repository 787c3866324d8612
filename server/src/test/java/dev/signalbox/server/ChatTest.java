package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Unroutable;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChatTest {

    private static final String ASKED = "{\"model\":\"qwen3\", \"seed\" :7,\"stop\":\"x\",\"unheard-of\":[1.0]}";

    @Test
    void hands_the_request_to_the_router_byte_for_byte() throws Exception {
        FakeRouting router = FakeRouting.answering("{}");
        try (Served server = Served.of(router)) {
            server.post("/v1/chat/completions", ASKED, "X-Signalbox-Profile", "coding");
            assertThat(router.body()).isEqualTo(ASKED);
            assertThat(router.request().headers().first("x-signalbox-profile")).contains("coding");
        }
    }

    @Test
    void hands_the_answer_to_the_client_byte_for_byte() throws Exception {
        String answer = "{\"choices\" : [ ], \"odd\":1.0}\n";
        try (Served server = Served.of(FakeRouting.answering(answer))) {
            HttpResponse<String> response = server.post("/v1/chat/completions", ASKED);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(answer);
            assertThat(response.headers().firstValue("X-Signalbox-Target")).contains("gpu/qwen3");
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        }
    }

    @Test
    void knows_the_dialect_by_the_path() throws Exception {
        FakeRouting router = FakeRouting.answering("{}");
        try (Served server = Served.of(router)) {
            assertDialect(server, router, "/v1/chat/completions", Dialect.OPENAI_CHAT);
            assertDialect(server, router, "/chat/completions", Dialect.OPENAI_CHAT);
            assertDialect(server, router, "/v1/completions", Dialect.OPENAI_COMPLETIONS);
            assertDialect(server, router, "/completions", Dialect.OPENAI_COMPLETIONS);
            assertDialect(server, router, "/v1/embeddings", Dialect.OPENAI_EMBEDDINGS);
            assertDialect(server, router, "/embeddings", Dialect.OPENAI_EMBEDDINGS);
            assertDialect(server, router, "/v1/responses", Dialect.OPENAI_RESPONSES);
            assertDialect(server, router, "/v1/rerank", Dialect.OPENAI_RERANK);
            assertDialect(server, router, "/v1/score", Dialect.OPENAI_SCORE);
            assertDialect(server, router, "/v1/messages", Dialect.ANTHROPIC_MESSAGES);
            assertDialect(server, router, "/v1/messages?beta=true", Dialect.ANTHROPIC_MESSAGES);
            assertDialect(server, router, "/v1/messages/count_tokens", Dialect.ANTHROPIC_COUNT_TOKENS);
            assertDialect(server, router, "/api/chat", Dialect.OLLAMA_CHAT);
            assertDialect(server, router, "/api/generate", Dialect.OLLAMA_GENERATE);
            assertDialect(server, router, "/api/embed", Dialect.OLLAMA_EMBED);
            assertDialect(server, router, "/api/embeddings", Dialect.OLLAMA_EMBEDDINGS);
        }
    }

    @Test
    void writes_each_piece_as_soon_as_it_is_there() throws Exception {
        FakeAnswer answer = FakeAnswer.events();
        try (Served server = Served.of(FakeRouting.answering(answer));
                WireClient client = server.connect()) {
            client.post("/v1/chat/completions", "{\"stream\":true}");
            answer.sends("data: 1\n\n");
            assertThat(client.head()).contains("200 ok").contains("content-type: text/event-stream");
            assertThat(client.readUntil("data: 1\n\n\r\n")).startsWith("9\r\n");
            answer.sends("data: 2\n\n");
            assertThat(client.readUntil("data: 2\n\n\r\n")).startsWith("9\r\n");
            answer.ends();
            assertThat(client.readUntil("0\r\n\r\n")).isEqualTo("0\r\n\r\n");
            assertThat(answer.closed()).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void tells_why_nobody_can_answer_with_an_honest_status() throws Exception {
        Problem problem = Problem.passing(503, "overloaded", "All targets are full.")
                .retryAfter(Optional.of(Duration.ofSeconds(7)));
        FakeRouting router = FakeRouting.doing(request -> {
            throw new Exhausted(problem, FakeRouting.trace());
        });
        try (Served server = Served.of(router)) {
            HttpResponse<String> response = server.post("/v1/chat/completions", "{\"stream\":true}");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("All targets are full.").contains("\"error\":{");
            assertThat(response.headers().firstValue("Retry-After")).contains("7");
            assertThat(response.headers().firstValue("x-request-id")).contains("trace-1");
            assertThat(response.headers().firstValue("X-Signalbox-Trace")).contains("trace-1");
            assertThat(response.headers().firstValue("X-Signalbox-Steps"))
                    .contains("gpu/qwen3=unreachable, laptop/qwen3=overloaded");
            assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
        }
    }

    @Test
    void tells_clients_not_to_ask_again_where_that_is_useless() throws Exception {
        FakeRouting router = FakeRouting.doing(request -> {
            throw new Unroutable(Problem.permanent(404, "model_not_found", "No such model."), FakeRouting.trace());
        });
        try (Served server = Served.of(router)) {
            HttpResponse<String> response = server.post("/api/chat", "{}");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).isEqualTo("{\"error\":\"No such model.\"}");
            assertThat(response.headers().firstValue("x-should-retry")).contains("false");
        }
    }

    @Test
    void a_failure_of_its_own_is_an_answer_without_secrets() throws Exception {
        FakeRouting router = FakeRouting.doing(request -> {
            throw new IllegalStateException("the key is sk-123");
        });
        try (Served server = Served.of(router)) {
            HttpResponse<String> response = server.post("/v1/chat/completions", "{}");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("internal_error").doesNotContain("sk-123");
        }
    }

    private static void assertDialect(Served server, FakeRouting router, String path, Dialect dialect)
            throws Exception {
        assertThat(server.post(path, "{}").statusCode()).isEqualTo(200);
        assertThat(router.request().dialect()).isEqualTo(dialect);
    }
}
