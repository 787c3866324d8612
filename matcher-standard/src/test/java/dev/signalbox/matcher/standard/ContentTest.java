package dev.signalbox.matcher.standard;

import static dev.signalbox.matcher.standard.Made.matcher;
import static dev.signalbox.matcher.standard.Made.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Matcher;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ContentTest {

    private static final TestRequest TALK = TestRequest.of(Dialect.OPENAI_CHAT, """
            {"messages":[{"role":"system","content":"You answer in Latin."},
            {"role":"user","content":[{"type":"text","text":"First line"},{"type":"text","text":"Second line"}]}]}
            """);

    @Test
    void a_text_is_looked_for_letter_by_letter() {
        assertThat(matcher("content-contains", "Second").matches(TALK)).isTrue();
        assertThat(matcher("content-contains", "second").matches(TALK)).isFalse();
        assertThat(matcher("content-contains", List.of("third", "line")).matches(TALK))
                .isTrue();
        assertThat(matcher("content-contains", "(?i)second").matches(TALK)).isFalse();
    }

    @Test
    void parts_of_a_message_are_joined_by_line_feeds() {
        assertThat(matcher("content-regex", "line\\nSecond").matches(TALK)).isTrue();
        assertThat(matcher("content-regex", "(?m)^Second line$").matches(TALK)).isTrue();
    }

    @Test
    void the_system_prompt_is_part_of_the_whole_conversation_only() {
        assertThat(matcher("content-contains", "Latin").matches(TALK)).isFalse();
        assertThat(matcher("content-contains", Map.of("text", "Latin", "in", "whole-conversation"))
                        .matches(TALK))
                .isTrue();
        assertThat(matcher("content-regex", Map.of("expression", "Lat[ie]n", "in", "whole-conversation"))
                        .matches(TALK))
                .isTrue();
    }

    @Test
    void the_place_is_shown_and_not_the_words() {
        assertThat(matcher("content-contains", List.of("line", "Second")).seen(TALK))
                .isEqualTo("at character 6");
        assertThat(matcher("content-regex", "S.c").seen(TALK)).isEqualTo("at character 11");
        assertThat(matcher("content-regex", "Latin").seen(TALK)).isEqualTo("not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(.*a){12}$", "(a|a)*b$", "([a-z]+)*[A-Z]"})
    void an_expression_that_blows_up_elsewhere_takes_linear_time(String expression) {
        TestRequest request = TestRequest.saying("a".repeat(50_000) + "!");
        Matcher matcher = matcher("content-regex", expression);

        assertThat(CompletableFuture.supplyAsync(() -> matcher.matches(request)))
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(false);
    }

    @Test
    void what_is_no_expression_is_told_with_the_place() {
        assertThat(problem("content-regex", "(unclosed")).contains("missing closing )", "`(unclosed`");
        assertThat(problem("content-regex", "a(?=b)")).contains("no looking ahead or behind");
        assertThat(problem("content-regex", "")).contains("it has 0 characters");
        assertThat(problem("content-contains", "")).contains("it is empty");
        assertThat(problem("content-regex", Map.of("expresion", "x", "in", "last-user-message", "expression", "x")))
                .contains("Did you mean \"expression\"?");
    }

    @ParameterizedTest
    @CsvSource({
        "claude-.*, true",
        "claude-opus-4, true",
        "claude, false",
        "opus-4, false",
        "(?i)CLAUDE-opus-[0-9], true"
    })
    void a_pattern_has_to_fit_all_of_the_model_name(String pattern, boolean fits) {
        TestRequest request = TestRequest.of(Dialect.OPENAI_CHAT, "{\"model\":\" claude-opus-4 \"}");

        assertThat(matcher("model-pattern", pattern).matches(request)).isEqualTo(fits);
        assertThat(matcher("model-pattern", pattern).seen(request)).isEqualTo("claude-opus-4");
    }

    @Test
    void a_request_without_a_model_fits_no_pattern() {
        assertThat(matcher("model-pattern", ".*").matches(TestRequest.of(Dialect.OPENAI_CHAT, "{}")))
                .isFalse();
    }

    @Test
    void a_star_that_repeats_a_letter_is_taken_for_the_mistake_it_is() {
        assertThat(problem("model-pattern", "claude-*"))
                .endsWith("its * repeats the character before it. Did you mean \"claude-.*\"?");
        assertThat(problem("model-pattern", "qwen3*")).endsWith("Did you mean \"qwen3.*\"?");
        assertThat(matcher("model-pattern", "gpt-[0-9]*")).isNotNull();
    }
}
