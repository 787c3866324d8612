package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a backend gets by handing its calls to an upstream. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpstreamTest extends UpstreamFixture {

    @Test
    void a_call_goes_out_with_our_key_and_headers_and_without_the_clients() throws Exception {
        server.replies(200, "{}");
        PluginConfig config = plain.withPresent(HttpOptions.API_KEY, " secret\n")
                .with(HttpOptions.HEADERS, Map.of("X-Team", "home"))
                .with(HttpOptions.PASS_HEADERS, List.of("X-Passed"));
        Headers client = Headers.of(
                "Authorization", "Bearer theirs",
                "x-api-key", "theirs",
                "Cookie", "c",
                "X-Conversation-Id", "1",
                "X-Forwarded-For", "10.0.0.1",
                "Host", "evil",
                "Connection", "close",
                "Anthropic-Beta", "b1",
                "OpenAI-Organization", "o",
                "traceparent", "00-1",
                "x-passed", "p");
        exchange(config, Calls.chat("m").withHeaders(client)).close();
        ReceivedRequest sent = server.request(0);
        assertThat(sent.headers("authorization")).containsExactly("Bearer secret");
        assertThat(sent.header("x-team")).contains("home");
        assertThat(sent.header("via")).contains(Calls.VIA);
        assertThat(sent.header("content-type")).contains("application/json");
        assertThat(sent.header("anthropic-beta")).contains("b1");
        assertThat(sent.header("openai-organization")).contains("o");
        assertThat(sent.header("traceparent")).contains("00-1");
        assertThat(sent.header("x-passed")).contains("p");
        assertThat(sent.header("host")).contains("127.0.0.1:" + server.port());
        for (String kept : List.of("x-api-key", "cookie", "x-conversation-id", "x-forwarded-for", "connection")) {
            assertThat(sent.header(kept)).as(kept).isEmpty();
        }
    }

    @Test
    void with_the_clients_credentials_its_key_crosses_and_ours_stays() throws Exception {
        server.replies(200, "{}").replies(200, "{}");
        PluginConfig config = plain.with(HttpOptions.CREDENTIALS, HttpOptions.Credentials.CLIENT)
                .with(HttpOptions.HEADERS, Map.of("authorization", "Bearer fallback"));
        exchange(config, Calls.chat("m").withHeaders(Headers.of("Authorization", "Bearer theirs")))
                .close();
        exchange(config, Calls.chat("m")).close();
        assertThat(server.request(0).headers("authorization")).containsExactly("Bearer theirs");
        assertThat(server.request(1).headers("authorization")).containsExactly("Bearer fallback");
    }

    @Test
    void a_refused_key_is_the_clients_fault_if_it_is_the_clients() throws Exception {
        PluginConfig theirs = plain.with(HttpOptions.CREDENTIALS, HttpOptions.Credentials.CLIENT);
        server.replies(401, "{\"error\":\"no\"}").replies(401, "{\"error\":\"no\"}");
        assertThat(failure(plain, Calls.chat("m")).kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        Failure refused = failure(theirs, Calls.chat("m"));
        assertThat(refused.kind()).isEqualTo(FailureKind.REJECTED);
        assertThat(refused.status()).isEqualTo(401);
    }

    @Test
    void a_key_that_the_server_repeats_is_not_told_on() throws Exception {
        server.on("/x", Reply.json(401, "{\"error\":{\"message\":\"wrong: sk-12345678\",\"code\":\"sk-12345678\"}}"));
        Failure failure = failure(plain.withPresent(HttpOptions.API_KEY, "sk-12345678"), Calls.chat("m"));
        assertThat(failure.message()).startsWith("wrong: ");
        assertThat(failure.toString()).doesNotContain("sk-12345678");
    }

    @Test
    void only_what_may_cross_comes_back() throws Exception {
        server.on(
                "/x",
                Reply.json(200, "{}")
                        .header("Retry-After", "3")
                        .header("X-RateLimit-Remaining-Requests", "4")
                        .header("anthropic-ratelimit-tokens-limit", "5")
                        .header("x-should-retry", "false")
                        .header("Set-Cookie", "a=b")
                        .header("Access-Control-Allow-Origin", "*")
                        .header("openai-organization", "ours"));
        try (BackendReply reply = exchange(plain, Calls.chat("m"))) {
            assertThat(reply.headers().toString())
                    .contains("content-type", "retry-after", "x-ratelimit-remaining-requests", "x-should-retry")
                    .contains("anthropic-ratelimit-tokens-limit")
                    .doesNotContain("set-cookie", "access-control", "openai-organization", "content-length");
        }
    }

    @Test
    void a_configured_path_replaces_the_usual_one() throws Exception {
        server.replies(200, "{}");
        PluginConfig config = plain.with(HttpOptions.PATHS, Map.of("openai.chat", "deployments/m/chat?api-version=2"));
        exchange(config, Calls.chat("m")).close();
        assertThat(server.request(0).target()).isEqualTo("/deployments/m/chat?api-version=2");
    }

    @Test
    void configured_members_are_merged_under_the_request() {
        ConfigNode forty = new ConfigNode.Text(Where.code(""), "40");
        try (Upstream upstream = upstream(plain.with(HttpOptions.BODY, Map.of("top_k", forty, "stream", forty)))) {
            assertThat(upstream.edits(Calls.chat("m").request())).containsExactly(Edit.insert("/top_k", "40"));
        }
    }

    @Test
    void documents_are_got_and_posted() throws Exception {
        server.on("/models", Reply.json(200, "{\"data\":[1]}"))
                .on("/load", Reply.json(200, "{\"ok\":true}"))
                .on("/metrics", Reply.text(200, "a 1\n"));
        try (Upstream upstream = upstream(plain.withPresent(HttpOptions.API_KEY, "secret"))) {
            Deadline deadline = Deadline.after(Duration.ofSeconds(30));
            assertThat(upstream.get(upstream.baseUrl().root("/models"), deadline)
                            .toString())
                    .isEqualTo("{\"data\":[1]}");
            assertThat(upstream.post(upstream.baseUrl().root("/load"), "{}", deadline)
                            .toString())
                    .isEqualTo("{\"ok\":true}");
            assertThat(upstream.text(upstream.baseUrl().root("/metrics"), deadline))
                    .isEqualTo("a 1\n");
        }
        assertThat(server.requests())
                .allSatisfy(
                        request -> assertThat(request.header("authorization")).contains("Bearer secret"));
    }

    @Test
    void a_document_that_is_none_is_a_broken_reply() throws Exception {
        server.on("/models", Reply.text(200, "no JSON"));
        try (Upstream upstream = upstream(plain)) {
            assertThatThrownBy(() ->
                            upstream.get(upstream.baseUrl().root("/models"), Deadline.after(Duration.ofSeconds(9))))
                    .isInstanceOfSatisfying(
                            BackendException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BROKEN_REPLY));
        }
    }

    @Test
    void closing_ends_what_is_in_flight() throws Exception {
        server.on("/x", Reply.stream("text/event-stream").chunk("data: 1\n\n").pause(Gate.closed()));
        Upstream upstream = upstream(plain);
        BackendReply reply =
                upstream.exchange(Calls.chatStream("m"), upstream.baseUrl().root("/x"));
        upstream.close();
        assertThatThrownBy(() -> reply.body().readAllBytes()).isInstanceOf(BackendReply.BackendFailure.class);
    }

    @Test
    void paths_are_of_dialects_that_there_are() {
        Problems problems = new Problems();
        ConfigNode.Table table = ConfigNode.Table.of(Where.code("paths"), Map.of("openai.chatt", "/x"));
        HttpOptions.PATHS.read(table, problems);
        plain.with(HttpOptions.PATHS, Map.of("ollama.caht", "/x", "openai.chat", "/y"))
                .check(problems);
        assertThat(problems.list())
                .extracting(problem -> problem.where().path() + ": " + problem.message())
                .anySatisfy(told -> assertThat(told)
                        .startsWith(
                                "paths.openai.chatt: \"openai.chatt\" is not a dialect. Did you mean \"openai.chat\""))
                .anySatisfy(told -> assertThat(told)
                        .startsWith("backends.gpu.paths.ollama.caht: \"ollama.caht\" is not a dialect."
                                + " Did you mean \"ollama.chat\""))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(HttpOptions.Transport.class)
    void either_transport_does_it(HttpOptions.Transport transport) throws Exception {
        server.on("/x", Reply.events("1", "2"));
        try (BackendReply reply = exchange(plain.with(HttpOptions.TRANSPORT, transport), Calls.chatStream("m"))) {
            assertThat(reply.body()).hasContent("data: 1\n\ndata: 2\n\n");
        }
    }

    @Test
    void what_cannot_be_used_is_told_before_anything_is_sent() {
        assertProblem(plain.with(HttpOptions.HEADERS, Map.of("Content-Length", "1")), "router's own");
        assertProblem(plain.with(HttpOptions.HEADERS, Map.of("x y", "1")), "not the name of a header");
        assertProblem(plain.with(HttpOptions.HEADERS, Map.of("X-Key", "secret\nX: 1")), "headers.X-Key");
        assertProblem(plain.withPresent(HttpOptions.API_KEY, "sec\nret"), "backends.gpu.api-key");
        assertProblem(plain.with(HttpOptions.PASS_HEADERS, List.of("Authorization")), "credentials: client");
        assertProblem(plain.with(HttpOptions.PASS_HEADERS, List.of("Connection")), "router's own");
        assertProblem(plain.with(HttpOptions.PATHS, Map.of("openai.chat", "/a b")), "paths.openai.chat");
        assertProblem(plain.with(HttpOptions.BASE_URL, URI.create("http://host/?a=b")), "base-url has no query");
        assertProblem(plain.withPresent(HttpOptions.PROXY, URI.create("http://proxy:1")), "transport: webclient");
        assertProblem(plain.withPresent(HttpOptions.TRUST_STORE, Path.of("no-such-file")), "trust-store");
        assertProblem(plain.withPresent(HttpOptions.KEY_STORE, Path.of("no-such-file")), "key-store");
    }

    @Test
    void secrets_are_marked() {
        List<Option<?>> secrets =
                List.of(HttpOptions.API_KEY, HttpOptions.TRUST_STORE_PASSWORD, HttpOptions.KEY_STORE_PASSWORD);
        assertThat(secrets).allMatch(Option::isSecret);
    }

    @Test
    void the_address_tells_the_machine() {
        try (Upstream upstream = upstream(plain.with(HttpOptions.BASE_URL, URI.create("http://gpu_1:8000/v1")))) {
            assertThat(upstream.host()).contains("gpu_1");
        }
    }

    private static void assertProblem(PluginConfig config, String words) {
        assertThatThrownBy(() -> upstream(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.gpu")
                .hasMessageContaining(words)
                .hasMessageNotContaining("sec");
    }
}
