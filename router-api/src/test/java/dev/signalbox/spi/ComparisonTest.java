package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Comparison.Operator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "AT_LEAST, 8, AT_LEAST, 32, true",
        "AT_LEAST, 32, AT_LEAST, 8, false",
        "AT_LEAST, 8, MORE, 8, true",
        "MORE, 8, AT_LEAST, 8, false",
        "MORE, 8, MORE, 8, true",
        "AT_MOST, 8, LESS, 8, true",
        "LESS, 8, AT_MOST, 8, false",
        "AT_LEAST, 8, LESS, 9, false",
        "EQUAL, 8, AT_LEAST, 8, false",
        "LESS, 9, EQUAL, 8, true"
    })
    void covers_what_leaves_nothing_over(
            Operator wide, double wideLimit, Operator narrow, double narrowLimit, boolean covers) {
        assertThat(new Comparison(wide, wideLimit).covers(new Comparison(narrow, narrowLimit)))
                .isEqualTo(covers);
    }

    @Test
    void no_number_fits_a_covered_comparison_alone() {
        for (Operator wide : Operator.values()) {
            for (Operator narrow : Operator.values()) {
                for (int limit = -1; limit <= 1; limit++) {
                    assertHoldsWhereCovered(new Comparison(wide, 0), new Comparison(narrow, limit));
                }
            }
        }
    }

    private static void assertHoldsWhereCovered(Comparison wide, Comparison narrow) {
        boolean seen = true;
        for (double number = -3; number <= 3; number += 0.5) {
            seen &= wide.holds(number) || !narrow.holds(number);
        }
        assertThat(wide.covers(narrow)).as("%s covers %s", wide, narrow).isEqualTo(seen);
    }
}
