package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.server.ingress.Callers;
import dev.signalbox.server.ingress.IngressSettings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What clients of Anthropic find otherwise than others. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessagesTest {

    private static final String PATH = "/v1/messages";

    @Test
    void version_and_betas_are_the_routers_to_pass_on() throws Exception {
        FakeRouting router = FakeRouting.answering("{}");
        try (Served server = Served.of(router)) {
            server.post(PATH + "?beta=true", "{}", "anthropic-version", "2023-06-01", "anthropic-beta", "a-1,b-2");
            RouteRequest beta = router.request();
            assertThat(beta.headers().first("anthropic-version")).contains("2023-06-01");
            assertThat(beta.headers().first("anthropic-beta")).contains("a-1,b-2");
            assertThat(beta.headers().first(RouteRequest.QUERY)).contains("beta=true");

            server.post(PATH + "?beta=false&other=1", "{}");
            assertThat(router.request().headers().first(RouteRequest.QUERY)).isEmpty();
        }
    }

    @Test
    void errors_have_its_shape_its_status_for_too_much_to_do_and_its_header() throws Exception {
        Problem problem = Problem.passing(503, "upstream_overloaded", "All targets are busy.")
                .retryAfter(Optional.of(Duration.ofSeconds(7)));
        FakeRouting router = FakeRouting.doing(request -> {
            throw new Exhausted(problem, FakeRouting.trace());
        });
        try (Served server = Served.of(router)) {
            HttpResponse<String> response = server.post(PATH, "{\"stream\":true}");
            assertThat(response.statusCode()).isEqualTo(529);
            assertThat(response.headers().firstValue("Retry-After")).contains("7");
            assertThat(response.headers().firstValue("request-id")).contains("trace-1");
            assertThat(response.headers().firstValue("x-request-id")).contains("trace-1");
            assertThat(response.body())
                    .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                            + "\"message\":\"All targets are busy.\",\"code\":\"upstream_overloaded\"},"
                            + "\"request_id\":\"trace-1\"}");
        }
    }

    @Test
    void what_the_server_refuses_itself_has_its_shape_too() throws Exception {
        try (Served server = Served.of(FakeRouting.answering("{}"))) {
            HttpResponse<String> response = server.get(PATH);
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("request-id")).isPresent();
            assertThat(response.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"");
        }
    }

    @Test
    void its_key_is_a_callers_key_and_goes_no_further() throws Exception {
        FakeRouting router = FakeRouting.answering("{}");
        IngressSettings settings =
                IngressSettings.DEFAULT.withCallers(Callers.NONE.and("alice", "alices-key", Set.of()));
        try (Served server = Served.of(router, settings)) {
            server.post(PATH, "{}", "x-api-key", "alices-key");
            RouteRequest request = router.request();
            assertThat(request.caller().name()).isEqualTo("alice");
            assertThat(request.headers().first("x-api-key")).isEmpty();

            HttpResponse<String> refused = server.post(PATH, "{}", "x-api-key", "mallorys-key");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("\"type\":\"authentication_error\"");
            assertThat(router.unasked()).isTrue();
        }
    }
}
