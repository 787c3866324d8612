package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DialectVoiceTest {

    static final List<Dialect> KNOWN = Dialect.KNOWN;

    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final Problem UNKNOWN_MODEL = Problem.permanent(404, "model_not_found", "There is no model \"x\".")
            .with("near", "x2");

    @Test
    void gives_clients_of_openai_its_error_object() {
        assertThat(error(Dialect.OPENAI_CHAT, UNKNOWN_MODEL))
                .isEqualTo(
                        "{\"error\":{\"message\":\"There is no model \\\"x\\\".\",\"type\":\"invalid_request_error\","
                                + "\"param\":null,\"code\":\"model_not_found\",\"near\":\"x2\"}}");
    }

    @Test
    void tells_clients_of_openai_which_parameter_is_wrong() {
        Problem wrong = Problem.permanent(400, "invalid_value", "x").with(Problem.PARAM, "messages[3].content[0].type");
        String param = "\"param\":\"messages[3].content[0].type\"";

        assertThat(error(Dialect.OPENAI_CHAT, wrong)).containsOnlyOnce(param).contains("\"code\":\"invalid_value\"");
        assertThat(new String(DialectVoice.of(Dialect.OPENAI_RESPONSES).errorFrame(wrong, "t"), UTF_8))
                .contains(param + ",\"sequence_number\"");
    }

    @Test
    void gives_clients_of_anthropic_its_error_object() {
        assertThat(error(Dialect.ANTHROPIC_MESSAGES, UNKNOWN_MODEL))
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\","
                        + "\"message\":\"There is no model \\\"x\\\".\",\"code\":\"model_not_found\",\"near\":\"x2\"},"
                        + "\"request_id\":\"trace-1\"}");
    }

    @Test
    void tells_clients_of_anthropic_that_a_prompt_is_too_long_in_the_only_words_they_know() {
        assertThat(error(Dialect.ANTHROPIC_MESSAGES, tooLong("It has 9 tokens, 8 fit.")))
                .contains("\"message\":\"prompt is too long: It has 9 tokens, 8 fit.\"");
        assertThat(error(Dialect.ANTHROPIC_MESSAGES, tooLong("Prompt is too long: 9 tokens > 8 maximum")))
                .contains("\"message\":\"Prompt is too long: 9 tokens > 8 maximum\"");
        assertThat(error(Dialect.OPENAI_CHAT, tooLong("It has 9 tokens, 8 fit.")))
                .contains("\"message\":\"It has 9 tokens, 8 fit.\"");
    }

    private static Problem tooLong(String message) {
        return Problem.permanent(400, "context_length_exceeded", message);
    }

    @Test
    void gives_clients_of_ollama_its_error_text() {
        assertThat(error(Dialect.OLLAMA_CHAT, UNKNOWN_MODEL)).isEqualTo("{\"error\":\"There is no model \\\"x\\\".\"}");
    }

    @Test
    void names_the_capability_nobody_has() {
        Problem problem = Problem.permanent(501, "capability_not_supported", "Nobody can see images.")
                .with("capability", "vision");

        assertThat(error(Dialect.OPENAI_CHAT, problem))
                .contains("\"type\":\"not_supported\"")
                .contains("\"code\":\"capability_not_supported\"")
                .contains("\"capability\":\"vision\"");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_json,            invalid_request_error, 400, invalid_request_error",
        "401, unauthorized,            authentication_error,  401, authentication_error",
        "403, not_allowed,             permission_error,      403, permission_error",
        "413, too_large,               invalid_request_error, 413, request_too_large",
        "429, insufficient_quota,      insufficient_quota,    429, rate_limit_error",
        "500, internal_error,          server_error,          500, api_error",
        "503, upstream_unreachable,    server_error,          503, api_error",
        "503, provider_not_configured, provider_not_configured, 503, api_error",
        "503, full,                    overloaded_error,      529, overloaded_error",
        "503, upstream_overloaded,     overloaded_error,      529, overloaded_error",
        "504, upstream_timeout,        server_error,          504, timeout_error",
        "507, insufficient_memory,     server_error,          507, api_error",
        "508, loop_detected,           server_error,          508, api_error",
    })
    void says_how_bad_it_is_in_the_words_of_each_family(
            int status, String code, String openAi, int anthropicStatus, String anthropic) {
        Problem problem = Problem.passing(status, code, "m");

        assertThat(DialectVoice.of(Dialect.OPENAI_CHAT).status(problem)).isEqualTo(status);
        assertThat(error(Dialect.OPENAI_CHAT, problem)).contains("\"type\":\"" + openAi + "\"");
        assertThat(DialectVoice.of(Dialect.ANTHROPIC_MESSAGES).status(problem)).isEqualTo(anthropicStatus);
        assertThat(error(Dialect.ANTHROPIC_MESSAGES, problem)).contains("{\"type\":\"" + anthropic + "\"");
        assertThat(DialectVoice.of(Dialect.OLLAMA_CHAT).status(problem)).isEqualTo(status);
    }

    @ParameterizedTest
    @FieldSource("KNOWN")
    void tells_an_error_in_a_stream_so_that_a_reader_of_the_dialect_sees_one(Dialect dialect) throws Exception {
        byte[] frame = DialectVoice.of(dialect).errorFrame(UNKNOWN_MODEL, "trace-1");

        Signal signal = ReplyReader.of(dialect).read(only(dialect, frame));

        assertThat(signal.error()).hasValueSatisfying(error -> assertThat(error).contains("There is no model"));
        assertThat(signal.end()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("streamed")
    void beats_without_saying_anything(Dialect dialect) throws Exception {
        byte[] beat = DialectVoice.of(dialect).heartbeat("qwen3:8b", NOW);

        for (boolean committed : new boolean[] {false, true}) {
            ReplyReader reader = ReplyReader.of(dialect);
            if (committed) {
                reader.committed();
            }
            assertThat(reader.read(only(dialect, beat))).isEqualTo(Signal.NOTHING);
        }
    }

    private static Stream<Dialect> streamed() {
        return KNOWN.stream().filter(dialect -> !beat(dialect).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama.embed", "ollama.embeddings"})
    void says_nothing_before_an_answer_that_comes_as_a_whole(String id) {
        Dialect dialect = KNOWN.stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(beat(dialect)).isEmpty();
    }

    @Test
    void beats_in_the_form_of_each_dialect() {
        assertThat(beat(Dialect.OPENAI_CHAT)).isEqualTo(": keep-alive\n\n");
        assertThat(beat(Dialect.ANTHROPIC_MESSAGES)).isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n");
        assertThat(beat(Dialect.OLLAMA_CHAT))
                .isEqualTo("{\"model\":\"m\",\"created_at\":\"2026-11-01T10:00:00Z\","
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":false}\n");
        assertThat(beat(Dialect.OLLAMA_GENERATE))
                .isEqualTo(
                        "{\"model\":\"m\",\"created_at\":\"2026-11-01T10:00:00Z\",\"response\":\"\",\"done\":false}\n");
    }

    @Test
    void names_events_where_clients_look_for_names() {
        assertThat(new String(DialectVoice.of(Dialect.OPENAI_RESPONSES).errorFrame(UNKNOWN_MODEL, "t"), UTF_8))
                .startsWith("event: error\ndata: {")
                .contains("\"type\":\"error\"", "\"code\":\"model_not_found\"");
        assertThat(new String(DialectVoice.of(Dialect.ANTHROPIC_MESSAGES).errorFrame(UNKNOWN_MODEL, "t"), UTF_8))
                .startsWith("event: error\ndata: {\"type\":\"error\"");
        assertThat(new String(DialectVoice.of(Dialect.OPENAI_CHAT).errorFrame(UNKNOWN_MODEL, "t"), UTF_8))
                .startsWith("data: {\"error\":");
    }

    @Test
    void says_what_its_answers_are() {
        assertThat(DialectVoice.of(Dialect.OPENAI_CHAT).contentType(true)).startsWith("text/event-stream");
        assertThat(DialectVoice.of(Dialect.OLLAMA_CHAT).contentType(true)).isEqualTo("application/x-ndjson");
        assertThat(DialectVoice.of(Dialect.ANTHROPIC_MESSAGES).contentType(false))
                .isEqualTo("application/json");
    }

    private static String beat(Dialect dialect) {
        return new String(DialectVoice.of(dialect).heartbeat("m", NOW), UTF_8);
    }

    private static String error(Dialect dialect, Problem problem) {
        return new String(DialectVoice.of(dialect).error(problem, "trace-1"), UTF_8);
    }

    private static Frame only(Dialect dialect, byte[] bytes) throws IOException {
        try (FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes), dialect.framing())) {
            return reader.next().orElseThrow();
        }
    }
}
