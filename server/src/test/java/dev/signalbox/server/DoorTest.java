package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Headers;
import dev.signalbox.server.ingress.Callers;
import dev.signalbox.server.ingress.Hosts;
import dev.signalbox.server.ingress.IngressSettings;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DoorTest {

    private static final IngressSettings OPEN = IngressSettings.DEFAULT;
    private static final IngressSettings KEYS = OPEN.withCallers(
            Callers.NONE.and("alice", "key-of-alice", Set.of("admin")).and("bob", "key-of-bob", Set.of()));

    private final FakeRouting router = FakeRouting.answering("{}");

    @Test
    void everybody_is_anonymous_where_no_callers_are_configured() throws Exception {
        try (Served server = Served.of(router, OPEN)) {
            server.post("/v1/chat/completions", "{}", "Authorization", "Bearer whatever");
            assertThat(router.request().caller().name()).isEqualTo("anonymous");
        }
    }

    @Test
    void a_caller_is_known_by_the_key() throws Exception {
        try (Served server = Served.of(router, KEYS)) {
            server.post("/v1/chat/completions", "{}", "Authorization", "Bearer key-of-alice");
            assertThat(router.request().caller().name()).isEqualTo("alice");
            server.post("/v1/chat/completions", "{}", "x-api-key", "key-of-bob");
            assertThat(router.request().caller().name()).isEqualTo("bob");
            server.post("/v1/chat/completions", "{}", "Authorization", "Bearer other", "x-api-key", "key-of-bob");
            assertThat(router.request().caller().name()).isEqualTo("bob");
        }
    }

    @Test
    void a_callers_key_is_ours_and_goes_no_further_and_another_one_does() throws Exception {
        try (Served server = Served.of(router, KEYS)) {
            server.post("/v1/chat/completions", "{}", "Authorization", "Bearer sk-cloud", "x-api-key", "key-of-bob");
            Headers both = router.request().headers();
            assertThat(both.first("authorization")).contains("Bearer sk-cloud");
            assertThat(both.first("x-api-key")).isEmpty();
            server.post("/v1/chat/completions", "{}", "Authorization", "bearer  key-of-bob ", "traceparent", "00-1");
            Headers ours = router.request().headers();
            assertThat(ours.first("authorization")).isEmpty();
            assertThat(ours.first("traceparent")).contains("00-1");
        }
    }

    @Test
    void a_key_that_is_missing_or_wrong_is_a_401_in_the_shape_of_the_dialect() throws Exception {
        try (Served server = Served.of(router, KEYS)) {
            HttpResponse<String> none = server.post("/v1/chat/completions", "{}");
            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.body()).contains("\"error\":{").contains("There is no API key.");
            assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(none.headers().firstValue("x-should-retry")).contains("false");
            HttpResponse<String> wrong = server.post("/api/chat", "{}", "Authorization", "Bearer key-of-carol");
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).startsWith("{\"error\":\"").doesNotContain("key-of-carol");
            assertThat(server.get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(router.unasked()).isTrue();
        }
    }

    @Test
    void health_and_the_front_page_need_no_key() throws Exception {
        try (Served server = Served.of(router, KEYS)) {
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void operators_are_callers_with_the_scope() throws Exception {
        try (Served server = Served.of(router, KEYS)) {
            assertThat(server.get("/signalbox/targets", "x-api-key", "key-of-alice")
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> bob = server.get("/signalbox/targets", "x-api-key", "key-of-bob");
            assertThat(bob.statusCode()).isEqualTo(403);
            assertThat(bob.body()).contains("caller bob").contains("scopes: [admin]");
        }
    }

    @Test
    void this_machine_is_an_operator_where_no_callers_are_configured() throws Exception {
        try (Served server = Served.of(router, OPEN)) {
            assertThat(server.get("/signalbox/targets").statusCode()).isEqualTo(200);
            assertThat(server.get("/signalbox/targets", "X-Forwarded-For", "192.0.2.7")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8484",
                "127.0.0.1:1",
                "127.1.2.3",
                "[::1]:8484",
                "LocalHost",
                "app.localhost",
                "studio.local",
                "Studio.Local:8484"
            })
    void answers_to_names_of_this_machine_and_to_those_listed(String host) throws Exception {
        assertThat(statusFor(Hosts.of("127.0.0.1", Set.of("studio.local")), host))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.7", "[fe80::1]"})
    void does_not_answer_to_other_names(String host) throws Exception {
        assertThat(statusFor(Hosts.of("127.0.0.1", Set.of("studio.local")), host))
                .isEqualTo(403);
    }

    @Test
    void answers_to_the_address_it_listens_on_and_to_any_where_it_listens_on_all() throws Exception {
        assertThat(statusFor(Hosts.of("192.168.1.7", Set.of()), "192.168.1.7:8484"))
                .isEqualTo(200);
        assertThat(statusFor(Hosts.of("0.0.0.0", Set.of()), "192.168.1.7:8484")).isEqualTo(200);
        assertThat(statusFor(Hosts.of("::", Set.of()), "[fe80::1]:8484")).isEqualTo(200);
        assertThat(statusFor(Hosts.of("0.0.0.0", Set.of()), "evil.example")).isEqualTo(403);
    }

    @Test
    void says_which_option_would_let_a_name_in() throws Exception {
        try (Served server = Served.of(router, OPEN.withHosts(Hosts.of("127.0.0.1", Set.of())));
                WireClient client = server.connect()) {
            client.send("GET /v1/models HTTP/1.1\r\nHost: studio.lan:8484\r\n\r\n");
            assertThat(client.answer()).contains("403").contains("studio.lan").contains("server.hosts");
        }
    }

    private int statusFor(Hosts hosts, String host) throws Exception {
        try (Served server = Served.of(router, OPEN.withHosts(hosts));
                WireClient client = server.connect()) {
            client.send("GET /v1/models HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host));
            return Integer.parseInt(client.answer().substring(9, 12));
        }
    }
}
