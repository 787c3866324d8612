package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "claude-*, claude-sonnet-4, true",
        "claude-*haiku*, claude-3-5-haiku-latest, true",
        "CLAUDE-*, claude-opus, true",
        "gpt-4?, gpt-4o, true",
        "gpt-4?, gpt-4, false",
        "gpt.4, gptx4, false",
        "*, '', true",
        "a*b, ab, true",
        "a*b, abc, false"
    })
    void matches_whole_names_without_case(String pattern, String name, boolean fits) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-*, claude-*haiku*, true",
        "claude-*haiku*, claude-*, false",
        "*, claude-*, true",
        "CLAUDE-*, claude-opus, true",
        "gpt-?, gpt-*, false",
        "gpt-*, gpt-?, true",
        "*?, ?*, true",
        "?*, *, false",
        "a*b, a*c*b, true",
        "a*c*b, a*b, false",
        "gpt-4o, gpt-4o, true"
    })
    void covers_what_leaves_nothing_over(String wide, String narrow, boolean covers) {
        assertThat(new Glob(wide).covers(new Glob(narrow))).isEqualTo(covers);
    }

    @Test
    void no_name_fits_a_covered_pattern_alone() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int covered = 0;
        for (int i = 0; i < 50_000; i++) {
            Glob wide = new Glob(text(random, "ab*?", 5));
            Glob narrow = new Glob(text(random, "ab*?", 6));
            if (wide.covers(narrow)) {
                covered++;
                String name = named(narrow, random);
                assertThat(wide.matches(name))
                        .as("seed %d: \"%s\" covers \"%s\", so \"%s\" fits", seed, wide, narrow, name)
                        .isTrue();
            }
        }
        assertThat(covered).isPositive();
    }

    /** A name that fits. */
    private static String named(Glob pattern, Random random) {
        StringBuilder name = new StringBuilder();
        for (char c : pattern.text().toCharArray()) {
            switch (c) {
                case '*' -> name.append(text(random, "abc", 4));
                case '?' -> name.append("abc".charAt(random.nextInt(3)));
                default -> name.append(c);
            }
        }
        return name.toString();
    }

    @Test
    void agrees_with_a_regular_expression_on_random_patterns() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab*?", 8);
            String name = text(random, "abA", 10);
            String regex = pattern.replace("*", ".*").replace("?", ".");
            boolean expected = Pattern.compile(regex, Pattern.CASE_INSENSITIVE)
                    .matcher(name)
                    .matches();
            assertThat(new Glob(pattern).matches(name))
                    .as("seed %d: %s on %s", seed, pattern, name)
                    .isEqualTo(expected);
        }
    }

    @Test
    void is_not_slowed_down_by_many_stars() {
        assertThat(new Glob("*a".repeat(30) + "b").matches("a".repeat(20_000))).isFalse();
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
