package dev.signalbox.matcher.standard;

import static dev.signalbox.matcher.standard.Made.matcher;
import static dev.signalbox.matcher.standard.Made.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.testkit.TestRequest;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CodeFenceRatioTest {

    private static final String EXACTLY = "```" + "x".repeat(24) + "```" + "y".repeat(70); // 30 of 100

    @Test
    void a_share_that_is_just_reached_counts() {
        assertThat(matcher("code-fence-ratio", ">= 0.3").matches(TestRequest.saying(EXACTLY)))
                .isTrue();
        assertThat(matcher("code-fence-ratio", "0.3").matches(TestRequest.saying(EXACTLY)))
                .isTrue();
        assertThat(matcher("code-fence-ratio", ">= 0.3").matches(TestRequest.saying(EXACTLY + "y")))
                .isFalse();
        assertThat(matcher("code-fence-ratio", "< 0.3").matches(TestRequest.saying(EXACTLY + "y")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                            | 0.00",
                "no code at all                | 0.00",
                "```x```                       | 1.00",
                "``````                        | 1.00",
                "```never closed               | 0.00",
                "ab```x```cd```never closed    | 0.27",
                "```a``` and ```b```           | 0.74",
                "`` ` ``                       | 0.00",
            })
    void a_fence_counts_with_its_ticks_and_only_when_it_is_closed(String text, String ratio) {
        assertThat(matcher("code-fence-ratio", ">= 0").seen(TestRequest.saying(text)))
                .isEqualTo(ratio);
    }

    @Test
    void characters_are_counted_and_not_the_two_halves_of_some() {
        String train = "\uD83D\uDE82";

        assertThat(matcher("code-fence-ratio", ">= 0")
                        .seen(TestRequest.saying("```" + train.repeat(4) + "```" + "y".repeat(10))))
                .isEqualTo("0.50");
    }

    @Test
    void only_the_last_message_of_the_user_is_looked_at_unless_all_are_wanted() {
        TestRequest request = TestRequest.of(Dialect.OPENAI_CHAT, """
                {"messages":[{"role":"user","content":"```x```"},{"role":"assistant","content":"Yes."},
                {"role":"user","content":"Go on"}]}
                """);

        assertThat(matcher("code-fence-ratio", ">= 0.3").matches(request)).isFalse();
        assertThat(matcher("code-fence-ratio", Map.of("is", ">= 0.3", "in", "whole-conversation"))
                        .matches(request))
                .isTrue();
    }

    @Test
    void a_share_is_a_number_from_0_to_1() {
        assertThat(problem("code-fence-ratio", ">= 1.1"))
                .isEqualTo("\">= 1.1\" is not a comparison such as >= 0, 0 to 1");
        assertThat(problem("code-fence-ratio", "much")).startsWith("\"much\" is not a comparison");
    }
}
