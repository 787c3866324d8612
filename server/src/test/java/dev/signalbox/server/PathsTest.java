package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.ingress.Ingress;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PathsTest {

    private final FakeRouting router = FakeRouting.answering("{}");
    private final Served server = Served.of(router);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_unknown_path_is_a_404_that_names_the_nearest() throws Exception {
        HttpResponse<String> response = server.post("/v1/chat/completion", "{}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("\"error\":{")
                .contains("There is nothing at \\\"/v1/chat/completion\\\".")
                .contains("Did you mean \\\"/v1/chat/completions\\\"");
        assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    }

    @Test
    void an_unknown_path_is_told_in_the_shape_of_its_prefix() throws Exception {
        assertThat(server.post("/api/chatt", "{}").body())
                .isEqualTo("{\"error\":\"There is nothing at \\\"/api/chatt\\\". Did you mean \\\"/api/chat\\\"?\"}");
        assertThat(server.post("/v1/messages/batch", "{}").body()).startsWith("{\"type\":\"error\",\"error\":{");
    }

    @Test
    void an_unknown_path_is_told_in_anthropics_shape_to_a_client_that_names_a_version() throws Exception {
        assertThat(server.get("/v1/files", "anthropic-version", "2023-06-01").body())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"");
        assertThat(server.get("/v1/files").body()).startsWith("{\"error\":{");
    }

    @Test
    void an_unknown_path_that_is_like_no_other_is_told_what_stands_beside_it() throws Exception {
        assertThat(server.post("/v1/messages/batches", "{}").body())
                .contains("Nearest: /v1/messages, /v1/messages/count_tokens.");
        assertThat(server.post("/v1/v1/messages", "{}").body()).contains("Did you mean \\\"/v1/messages\\\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/"})
    void a_folder_is_told_by_what_stands_in_it(String folder) throws Exception {
        assertThat(server.get(folder).body())
                .contains("Nearest: /v1/chat/completions, /v1/completions, ")
                .contains("/v1/score.");
        assertThat(server.get("/api/").body()).contains("Nearest: /api/chat, ");
        assertThat(server.get("/v1/messages/").body()).contains("Did you mean \\\"/v1/messages\\\"");
    }

    @Test
    void a_wrong_method_is_a_405_that_names_the_right_one() throws Exception {
        HttpResponse<String> response = server.get("/v1/chat/completions");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
        HttpResponse<String> other = server.post("/v1/models", "{}");
        assertThat(other.statusCode()).isEqualTo(405);
        assertThat(other.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/health",
                "/health/live",
                "/health/ready",
                "/v1/models",
                "/models",
                "/v1/models/nobody",
                "/signalbox/targets",
                "/signalbox/traces",
                "/signalbox/reports",
                "/api/tags",
                "/api/ps",
                "/api/version"
            })
    void whatever_is_got_is_answered_to_head_with_its_head(String path) throws Exception {
        HttpResponse<String> got = server.get(path);
        HttpResponse<String> head = server.method("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(got.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type"))
                .isEqualTo(got.headers().firstValue("Content-Type"));
        assertThat(head.headers().firstValue("Content-Length"))
                .isPresent()
                .isEqualTo(got.headers().firstValue("Content-Length"));
    }

    @Test
    void can_be_mounted_under_any_prefix_of_an_application() throws Exception {
        Ingress ingress = Ingress.of(router);
        WebServer application = WebServer.builder()
                .host("127.0.0.1")
                .protocolsDiscoverServices(false)
                .addConnectionSelector(ingress.http1())
                .routing(rules -> rules.get("/own", (request, response) -> response.send("own"))
                        .register("/llm", ingress))
                .build()
                .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI base = URI.create("http://127.0.0.1:" + application.port());
            assertThat(text(client, HttpRequest.newBuilder(base.resolve("/own")))
                            .body())
                    .isEqualTo("own");
            HttpRequest.Builder chat = HttpRequest.newBuilder(base.resolve("/llm/v1/chat/completions"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"));
            assertThat(text(client, chat).statusCode()).isEqualTo(200);
            assertThat(router.body()).isEqualTo("{\"a\":1}");
            assertThat(text(client, HttpRequest.newBuilder(base.resolve("/llm/v2")))
                            .statusCode())
                    .isEqualTo(404);
        } finally {
            application.stop();
        }
    }

    private static HttpResponse<String> text(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
