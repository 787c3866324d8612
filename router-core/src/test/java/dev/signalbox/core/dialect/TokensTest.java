package dev.signalbox.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TokensTest {

    /** The counts are those of the vocabulary o200k. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The quick brown fox jumps over the lazy dog. | 10",
                "public static void main(String[] args) { System.out.println(args.length); } | 16",
                "人工智能是计算机科学的一个分支，它企图了解智能的实质。 | 19",
                "Künstliche Intelligenz ist ein Teilgebiet der Informatik. | 14",
            })
    void comes_within_a_third_of_a_real_count(String text, int counted) {
        assertThat((double) Tokens.estimate(text)).isBetween(counted * 0.67, counted * 1.34);
    }

    @Test
    void has_nothing_to_count_in_nothing() {
        assertThat(Tokens.estimate("")).isZero();
        assertThat(Tokens.estimate(" ")).isLessThanOrEqualTo(1);
    }

    @Test
    void counts_more_for_code_than_for_prose_of_the_same_length() {
        String prose = "the little house stands near the river and the old mill ";
        String code = "if (a[i] != b[j]) { x += f(g.h(k), 0x1F); } // ok?\n      ";

        assertThat(Tokens.estimate(code)).isGreaterThan(Tokens.estimate(prose));
    }
}
