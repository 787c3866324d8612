package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.server.ingress.Callers;
import dev.signalbox.server.ingress.IngressSettings;
import dev.signalbox.spi.RouterEvent;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HealthTest {

    @Test
    void lives_even_if_nobody_can_answer() throws Exception {
        try (Served server = with(BackendState.DOWN, true)) {
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            assertThat(server.get("/health").body())
                    .contains("\"status\":\"not-ready\"")
                    .contains("\"down\":1");
        }
    }

    @Test
    void is_not_ready_until_a_target_can_answer() throws Exception {
        try (Served server = with(BackendState.DOWN, true)) {
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        }
        try (Served server = with(BackendState.UNKNOWN, false)) {
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        }
        try (Served server = with(BackendState.LOADING, true)) {
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void is_ready_when_a_target_can_answer() throws Exception {
        try (Served server = with(BackendState.READY, true)) {
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void is_ready_when_a_target_was_asked_and_is_of_a_kind_that_does_not_tell() throws Exception {
        try (Served server = with(BackendState.UNKNOWN, true)) {
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tells_which_guards_are_at_work_and_what_has_changed() throws Exception {
        Instant at = Instant.parse("2026-01-01T12:00:00Z");
        FakeRouting routing = FakeRouting.answering("{}")
                .changed(new RouterEvent.BackendChanged(
                        at, "gpu", BackendState.READY, BackendState.DOWN, "connection refused"))
                .changed(new RouterEvent.JudgementChanged(at, "wise", "gpu/m", "well", "ill", "it fails"))
                .changed(new RouterEvent.Reconfigured(at));
        try (Served server = Served.of(routing)) {
            assertThat(server.get("/health").body())
                    .contains("\"guards\":[\"strict\",\"wise\"]")
                    .contains("\"changes\":[{\"at\":\"2026-01-01T12:00:00Z\",\"of\":\"gpu/m\",\"by\":\"wise\","
                            + "\"before\":\"well\",\"now\":\"ill\",\"cause\":\"it fails\"},"
                            + "{\"at\":\"2026-01-01T12:00:00Z\",\"of\":\"gpu\",\"by\":\"probe\","
                            + "\"before\":\"ready\",\"now\":\"down\",\"cause\":\"connection refused\"}]");
            assertThat(server.get("/health", "X-Forwarded-For", "192.0.2.7").body())
                    .as("not for everybody")
                    .contains("\"guards\"")
                    .doesNotContain("gpu");
            assertThat(server.get("/signalbox/targets").body()).contains("\"guards\":[\"strict\",\"wise\"]");
        }
    }

    @Test
    void what_has_changed_is_told_to_a_caller_who_operates_the_router_and_to_no_other() throws Exception {
        FakeRouting routing = FakeRouting.answering("{}")
                .changed(new RouterEvent.JudgementChanged(
                        Instant.parse("2026-01-01T12:00:00Z"), "wise", "gpu/m", "well", "ill", "it fails"));
        Callers callers = Callers.NONE.and("alice", "alices-key", Set.of()).and("root", "roots-key", Set.of("admin"));
        try (Served server = Served.of(routing, IngressSettings.DEFAULT.withCallers(callers))) {
            assertThat(server.get("/health", "x-api-key", "roots-key").body()).contains("\"of\":\"gpu/m\"");
            assertThat(server.get("/health", "x-api-key", "alices-key").body()).doesNotContain("gpu");
            assertThat(server.get("/health", "x-api-key", "nobodys-key").statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/health").body()).contains("\"guards\"").doesNotContain("gpu");
        }
    }

    @Test
    void the_root_is_a_page_for_browsers_and_a_word_for_the_rest() throws Exception {
        try (Served server = with(BackendState.READY, true)) {
            assertThat(server.get("/").body()).isEqualTo("Ollama is running");
            assertThat(server.get("/", "Accept", "text/html,*/*").body()).contains("<title>Signalbox</title>");
            assertThat(server.method("HEAD", "/").statusCode()).isEqualTo(200);
        }
    }

    private static Served with(BackendState state, boolean probed) {
        return Served.of(FakeRouting.answering("{}").target(FakeModels.report(state, probed)));
    }
}
