package dev.signalbox.matcher.standard;

import static dev.signalbox.matcher.standard.Made.matcher;
import static dev.signalbox.matcher.standard.Made.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Matcher;
import dev.signalbox.testkit.TestRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SizesTest {

    @Test
    void four_hundred_characters_are_a_hundred_tokens_and_399_are_not() {
        Matcher matcher = matcher("token-count", ">= 100");

        assertThat(matcher.matches(byQuarters(400))).isTrue();
        assertThat(matcher.matches(byQuarters(399))).isFalse();
        assertThat(matcher.seen(byQuarters(399))).isEqualTo("99");
    }

    /** Estimated as four characters a token, rounded down. */
    private static TestRequest byQuarters(int characters) {
        return TestRequest.saying("x".repeat(characters)).tokens(characters / 4);
    }

    @ParameterizedTest
    @CsvSource({
        "100, >= 100, true",
        "99, >= 100, false",
        "100, 100, true",
        "100, > 100, false",
        "100, <= 100, true",
        "101, <= 100, false"
    })
    void the_limit_itself_counts_where_it_says_so(long tokens, String limit, boolean holds) {
        assertThat(matcher("token-count", limit).matches(TestRequest.saying("x").tokens(tokens)))
                .isEqualTo(holds);
    }

    @Test
    void messages_are_counted_with_the_system_prompt() {
        TestRequest request = TestRequest.of(
                Dialect.ANTHROPIC_MESSAGES, "{\"system\":\"s\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(matcher("message-count", "= 2").matches(request)).isTrue();
        assertThat(matcher("message-count", "> 2").matches(request)).isFalse();
        assertThat(matcher("message-count", "> 2").seen(request)).isEqualTo("2");
    }

    @Test
    void sizes_are_questions_about_the_whole_request_and_need_no_user() {
        TestRequest request = TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"messages\":[{\"role\":\"system\",\"content\":\"%s\"}]}".formatted("x".repeat(400)));

        assertThat(matcher("token-count", ">= 100").matches(request)).isTrue();
    }

    @Test
    void what_is_no_comparison_is_refused() {
        assertThat(problem("token-count", "many")).startsWith("\"many\" is not a comparison such as >= ");
        assertThat(problem("message-count", "-1")).startsWith("\"-1\" is not a comparison such as >= ");
    }
}
