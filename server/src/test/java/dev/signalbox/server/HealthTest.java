package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
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
