package dev.signalbox.backend.llamacpp;

import static dev.signalbox.backend.llamacpp.Streams.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply.BackendFailure;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anthropic's events as llama-server sends them become the message that was wanted whole. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JoinedMessageTest {

    private static final String ENVELOPE = "\"id\":\"chatcmpl-1\",\"type\":\"message\",\"role\":\"assistant\",";
    private static final String BEGIN = event(
            "message_start",
            ",\"message\":{" + ENVELOPE + "\"content\":[],\"model\":\"qwen\",\"stop_reason\":null,"
                    + "\"stop_sequence\":null,\"usage\":{\"cache_read_input_tokens\":609,\"input_tokens\":1,"
                    + "\"output_tokens\":0}}");
    private static final String STOP = event("message_stop", "");

    /** Blocks are told side by side, a signature comes late, and the arguments of a call begin with nothing. */
    private static final String STREAM = ":\n\n"
            + BEGIN
            + start(0, "{\"type\":\"thinking\",\"thinking\":\"\"}")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\" I should\"}")
            + event("ping", "")
            + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\" look 🚂\"}")
            + start(1, "{\"type\":\"text\",\"text\":\"\"}")
            + delta(1, "{\"type\":\"text_delta\",\"text\":\"Grüß\"}")
            + delta(1, "{\"type\":\"text_delta\",\"text\":\" Gott\"}")
            + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"\"}")
            + start(2, "{\"type\":\"tool_use\",\"id\":\"k3\",\"name\":\"get_weather\"}")
            + delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}")
            + delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"city\\\":\"}")
            + delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\" \\\"Paris\\\",\\\"at\\\":1.50}\"}")
            + event("content_block_stop", ",\"index\":0")
            + event("content_block_stop", ",\"index\":1")
            + end("tool_use")
            + STOP;

    private static final String WHOLE = "{" + ENVELOPE
            + "\"content\":[{\"type\":\"thinking\",\"thinking\":\" I should look 🚂\",\"signature\":\"\"},"
            + "{\"type\":\"text\",\"text\":\"Grüß Gott\"},"
            + "{\"type\":\"tool_use\",\"id\":\"k3\",\"name\":\"get_weather\",\"input\":{\"city\":\"Paris\",\"at\":1.50}}],"
            + "\"model\":\"qwen\",\"stop_reason\":\"tool_use\",\"stop_sequence\":null,"
            + "\"usage\":{\"cache_read_input_tokens\":609,\"input_tokens\":1,\"output_tokens\":15}}";

    @Test
    void is_what_the_server_would_have_said_to_the_byte() throws Exception {
        assertThat(joined(STREAM)).isEqualTo(WHOLE);
    }

    @Test
    void nobody_waits_for_anything_behind_its_stop() throws Exception {
        assertThat(joined(STREAM + "data: nonsense\n\n")).isEqualTo(WHOLE);
    }

    @Test
    void a_stop_is_not_needed_where_it_is_said_why_it_ended() throws Exception {
        assertThat(joined(STREAM.replace(STOP, ""))).isEqualTo(WHOLE);
    }

    @Test
    void arguments_that_were_cut_are_none() throws Exception {
        String cut = BEGIN
                + start(0, "{\"type\":\"tool_use\",\"id\":\"k3\",\"name\":\"f\"}")
                + delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\":\"}")
                + end("max_tokens");

        assertThat(joined(cut))
                .contains("\"content\":[{\"type\":\"tool_use\",\"id\":\"k3\",\"name\":\"f\",\"input\":{}}]");
    }

    @Test
    void more_blocks_than_anybody_wants_are_left_out() throws Exception {
        StringBuilder stream = new StringBuilder(BEGIN);
        for (int index = 0; index < 1_100; index++) {
            stream.append(start(index, "{\"type\":\"text\",\"text\":\"a\"}"));
        }

        assertThat(new ObjectMapper().readTree(joined(stream + end("end_turn"))).path("content"))
                .hasSize(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":500,\"message\":\"Context size has been exceeded.\",\"type\":\"server_error\"} | CONTEXT_OVERFLOW",
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"odd\"}} | SERVER_ERROR"
            })
    void an_error_among_them_is_the_failure_it_is(String error, FailureKind kind) {
        BackendException failed = failure(BEGIN + "event: error\ndata: " + error + "\n\n" + end("end_turn") + STOP);

        assertThat(failed.kind()).isEqualTo(kind);
        assertThat(failed.getMessage()).doesNotContain("{");
    }

    @Test
    void a_message_that_does_not_end_or_never_began_is_no_answer() {
        assertThat(failure(BEGIN + start(0, "{\"type\":\"text\",\"text\":\"Hel\"}"))
                        .kind())
                .isEqualTo(FailureKind.BROKEN_REPLY);
        assertThat(failure(BEGIN + STOP).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
        assertThat(failure(end("end_turn") + STOP).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    private static String start(int index, String block) {
        return event("content_block_start", ",\"index\":%d,\"content_block\":%s".formatted(index, block));
    }

    private static String delta(int index, String delta) {
        return event("content_block_delta", ",\"index\":%d,\"delta\":%s".formatted(index, delta));
    }

    private static String end(String reason) {
        return event(
                "message_delta",
                ",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":15}"
                        .formatted(reason));
    }

    private static String joined(String stream) throws IOException {
        return Streams.joined(Dialect.ANTHROPIC_MESSAGES, stream);
    }

    private static BackendException failure(String stream) {
        return catchThrowableOfType(BackendFailure.class, () -> joined(stream)).failure();
    }
}
