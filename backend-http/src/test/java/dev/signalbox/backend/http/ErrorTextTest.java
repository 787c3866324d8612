package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an error says is found in every envelope. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ErrorTextTest {

    static Stream<Arguments> envelopes() {
        return Stream.of(
                envelope("{\"error\":{\"message\":\"m\",\"type\":\"T\",\"param\":null,\"code\":null}}", "t", "", 0),
                envelope("{\"error\":{\"message\":\"m\",\"type\":\"T\",\"code\":\"C\"}}", "t c", "C", 0),
                envelope("{\"error\":{\"message\":\"m\",\"type\":\"T\",\"code\":400}}", "t", "", 400),
                envelope("{\"error\":\"m\"}", "", "", 0),
                envelope("{\"error\":\"m\",\"error_type\":\"Validation\"}", "validation", "", 0),
                envelope(
                        "{\"object\":\"error\",\"message\":\"m\",\"type\":\"T\",\"param\":null,\"code\":503}",
                        "t",
                        "",
                        503),
                envelope("{\"detail\":\"m\"}", "", "", 0),
                envelope("{\"detail\":[{\"loc\":[],\"msg\":\"m\",\"type\":\"missing\"}]}", "", "", 0),
                envelope(
                        "{\"type\":\"error\",\"error\":{\"type\":\"T\",\"message\":\"m\"},\"request_id\":\"req_1\"}",
                        "t",
                        "",
                        0),
                envelope("m", "", "", 0),
                envelope(" \r\n m\n", "", "", 0));
    }

    private static Arguments envelope(String text, String type, String code, int status) {
        return Arguments.of(text, type, code, status == 0 ? OptionalInt.empty() : OptionalInt.of(status));
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void every_envelope_is_opened(String text, String type, String code, OptionalInt status) {
        assertThat(ErrorText.of(text)).isEqualTo(new ErrorText("m", type, code, status));
    }

    @Test
    void an_envelope_within_a_string_is_opened_too() {
        String inner =
                "{\\\"error\\\":{\\\"code\\\":400,\\\"message\\\":\\\"request (5000 tokens) exceeds\\\",\\\"type\\\":\\\"exceed_context_size_error\\\"}}";
        ErrorText text = ErrorText.of("{\"error\":\"" + inner + "\"}");
        assertThat(text.message()).isEqualTo("request (5000 tokens) exceeds");
        assertThat(text.type()).isEqualTo("exceed_context_size_error");
        assertThat(text.status()).hasValue(400);
    }

    @Test
    void an_envelope_within_a_message_is_opened_too() {
        ErrorText text = ErrorText.of("{\"error\":{\"type\":\"a\",\"message\":\"{\\\"error\\\":\\\"deep\\\"}\"}}");
        assertThat(text.message()).isEqualTo("deep");
        assertThat(text.type()).isEqualTo("a");
    }

    @Test
    void problems_of_a_schema_are_told_with_their_place() {
        String text = "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"model\"],\"msg\":\"Field required\"},"
                + "{\"loc\":[\"body\",0],\"msg\":\"no\"}]}";
        assertThat(ErrorText.of(text).message()).isEqualTo("body.model: Field required; body.0: no");
    }

    @Test
    void a_page_of_html_is_not_shown() {
        assertThat(ErrorText.of("<!DOCTYPE html><html>secret</html>").message())
                .isEqualTo("an HTML page instead of an answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"error\":",
                "{\"error\":null}",
                "{\"error\":[]}",
                "{\"error\":{}}",
                "[]",
                "null",
                "{\"detail\":null}",
                "{\"error\":{\"code\":7}}"
            })
    void what_says_nothing_is_read_without_trouble(String text) {
        assertThat(ErrorText.of(text).code()).isEmpty();
        assertThat(ErrorText.of(text).status()).isEmpty();
    }

    @Test
    void depth_and_length_do_no_harm() {
        assertThat(ErrorText.of("{\"error\":".repeat(5_000)).message()).isNotEmpty();
        assertThat(ErrorText.of("{\"error\":\"" + "x".repeat(60_000) + "\"}").message())
                .hasSize(60_000);
    }
}
