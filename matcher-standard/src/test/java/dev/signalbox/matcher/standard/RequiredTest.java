package dev.signalbox.matcher.standard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RequiredTest {

    /** Everything that has a meaning in an expression, and letters that have odd relatives. */
    private static final String[] PARTS = {
        "s",
        "k",
        "S",
        "K",
        "a",
        "ab",
        "abc",
        "skis",
        " ",
        "?",
        "*",
        "+",
        ".",
        "|",
        "(",
        ")",
        "[ab]",
        "[^s]",
        "{2}",
        "{0,1}",
        "\\.",
        "\\b",
        "\\d",
        "\\w",
        "^",
        "$",
        "(?i)",
        "(?s)",
        "(?:",
        "\\Qa\\E",
        "ſ",
        "é",
        "\\x61",
        "\\pL",
        "(?P<n>a)"
    };

    private static final String[] LETTERS = {
        "s", "S", "k", "K", "a", "b", "c", "ab", "abc", " ", "ſ", "\u212A", "é", "\n", "1"
    };

    @ParameterizedTest
    @CsvSource({
        "'(?i)stack ?trace', stack, true",
        "'TODO-[0-9]+', TODO-, false",
        "'abc*def', def, false",
        "'ab|cd', '', false",
        "'x(?i)abc', '', false",
        "'abc{0}', '', false",
        "'abcd{0}', abc, false",
        "'[abc]def', '', false",
        "'ab', '', false"
    })
    void is_the_longest_row_of_plain_characters_that_is_easily_told(String expression, String text, boolean anyCase) {
        Required required = Required.of(expression);
        assertThat(required.text()).isEqualTo(text);
        assertThat(required.anyCase()).isEqualTo(anyCase);
    }

    @Test
    void never_hides_what_the_expression_finds() {
        int compared = 0;
        for (long seed = 0; seed < 60_000; seed++) {
            Random random = new Random(seed);
            String expression = (random.nextBoolean() ? "(?i)" : "") + any(random, PARTS, 6);
            Pattern pattern;
            try {
                pattern = Pattern.compile(expression);
            } catch (PatternSyntaxException none) {
                continue;
            }
            String text = any(random, LETTERS, 12);
            if (pattern.matcher(text).find()) {
                compared += Required.of(expression).text().isEmpty() ? 0 : 1;
                assertThat(Required.of(expression).mayBeIn(text))
                        .as("seed %d: `%s` in `%s`", seed, expression, text)
                        .isTrue();
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static String any(Random random, String[] parts, int most) {
        StringBuilder any = new StringBuilder();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            any.append(parts[random.nextInt(parts.length)]);
        }
        return any.toString();
    }
}
