package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.ingress.IngressSettings;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IntakeTest {

    private static final int LIMIT = 1000;

    private final FakeRouting router = FakeRouting.answering("{}");

    @Test
    void takes_json_only() throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 2\r\n\r\n{}");
            assertThat(client.answer()).contains("415").contains("send \\\"Content-Type: application/json\\\"");
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.answer()).contains("415").contains("missing");
            assertThat(router.unasked()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELLO", "GET /v1/models/a%2 HTTP/1.1\r\nHost: localhost"})
    void tells_what_is_no_request_at_all_without_sending_anybody_to_a_log(String head) throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send(head + "\r\n\r\n");
            assertThat(client.answer())
                    .contains("400")
                    .contains("This is not a proper HTTP request")
                    .doesNotContain("log");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/api/chat", "/api/show"})
    void waits_for_no_body_that_nothing_announces(String path) throws Exception {
        try (Configured real = Configured.by("backends: { e: { type: echo } }\n");
                WireClient client = real.server().connect()) {
            for (int i = 0; i < 2; i++) {
                client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n");
                assertThat(client.answer()).startsWith("http/1.1 400");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate", "/api/embed"})
    void takes_what_curl_sends_to_ollama(String path) throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.answer()).contains("200 ok");
            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.answer()).contains("200 ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost:3000",
                "Sec-Fetch-Site: cross-site"
            })
    void takes_json_only_from_a_browser_also_for_ollama(String browser) throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n" + browser
                    + "\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.answer()).contains("415").contains("\"error\":\"The content type is");
            assertThat(router.unasked()).isTrue();
        }
    }

    @Test
    void takes_json_with_a_character_set() throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.answer()).contains("200 ok");
        }
    }

    @Test
    void takes_no_encoded_body() throws Exception {
        try (Served server = Served.of(router)) {
            HttpResponse<String> response = server.post("/v1/chat/completions", "{}", "Content-Encoding", "gzip");
            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(response.body()).contains("without Content-Encoding");
        }
    }

    @Test
    void takes_a_body_whose_encoding_is_said_to_be_none() throws Exception {
        try (Served server = Served.of(router)) {
            HttpResponse<String> response = server.post(
                    "/v1/chat/completions", "{}", "Content-Encoding", "identity", "Accept-Encoding", "gzip");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        }
    }

    @Test
    void takes_a_body_as_large_as_allowed() throws Exception {
        try (Served server = Served.of(router, settings())) {
            assertThat(server.post("/v1/chat/completions", "x".repeat(LIMIT)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void refuses_a_body_larger_than_allowed_by_its_length() throws Exception {
        try (Served server = Served.of(router, settings())) {
            HttpResponse<String> response = server.post("/v1/chat/completions", "x".repeat(LIMIT + 1));
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("1000 bytes that server.max-body allows");
        }
    }

    @Test
    void refuses_a_body_larger_than_allowed_that_does_not_tell_its_length() throws Exception {
        try (Served server = Served.of(router, settings());
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n258\r\n" + "x".repeat(600) + "\r\n258\r\n" + "x".repeat(600)
                    + "\r\n0\r\n\r\n");
            assertThat(client.answer()).contains("413");
            assertThat(router.unasked()).isTrue();
        }
    }

    @Test
    void tells_a_client_that_is_still_sending_why_it_is_refused() throws Exception {
        try (Served server = Served.of(router, settings())) {
            HttpResponse<String> response = server.post("/v1/chat/completions", "x".repeat(20 << 20));
            assertThat(response.statusCode()).isEqualTo(413);
        }
    }

    @Test
    void does_not_ask_for_a_body_it_will_not_take() throws Exception {
        try (Served server = Served.of(router, settings());
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");
            assertThat(client.answer()).startsWith("http/1.1 413");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void asks_for_a_body_that_waits_to_be_asked_for() throws Exception {
        try (Served server = Served.of(router, settings());
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.head()).startsWith("http/1.1 100");
            client.send("{}");
            assertThat(client.answer()).contains("200 ok");
        }
    }

    @Test
    void takes_a_body_in_chunks_that_waits_to_be_asked_for() throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(client.head()).startsWith("http/1.1 100");
            client.send("1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
            assertThat(client.answer()).contains("200 ok");
            assertThat(router.body()).isEqualTo("{}");
            client.get("/health/live");
            assertThat(client.answer()).contains("200 ok");
        }
    }

    @Test
    void refuses_a_chunk_that_would_not_fit_into_memory_before_it_is_there() throws Exception {
        try (Served server = Served.of(router, IngressSettings.DEFAULT.withMaxBody(Long.MAX_VALUE / 2));
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n{");
            assertThat(client.answer()).contains(" 413 ").contains("Send smaller chunks");
        }
    }

    @Test
    void refuses_a_body_that_is_not_chunked_properly() throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}");
            assertThat(client.answer()).contains(" 400 ");
        }
    }

    @Test
    void refuses_a_chunk_whose_size_never_ends() throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + "0".repeat(1000));
            assertThat(client.answer()).contains(" 400 ");
        }
    }

    @Test
    void answers_headers_that_are_too_large() throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(70_000) + "\r\n\r\n");
            assertThat(client.answer()).contains("431").contains("headers are larger");
        }
    }

    @Test
    void answers_what_is_no_http_at_all() throws Exception {
        try (Served server = Served.of(router);
                WireClient client = server.connect()) {
            client.send("hello\r\n\r\n");
            assertThat(client.answer()).contains(" 400 ").contains("\"error\":{");
        }
    }

    private static IngressSettings settings() {
        return IngressSettings.DEFAULT.withMaxBody(LIMIT);
    }
}
