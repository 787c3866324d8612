package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HistogramTest {
    private final Histogram histogram = new Histogram();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 255, 256, 257, 511, 512, 1_000_003, 59_999_999_999L, Long.MAX_VALUE})
    void tells_a_value_within_half_a_percent(long value) {
        histogram.add(value);
        histogram.add(Long.MAX_VALUE);
        assertThat((double) histogram.percentile(50)).isCloseTo(value, Percentage.withPercentage(0.4));
    }

    @Test
    void tells_small_values_exactly() {
        LongStream.rangeClosed(1, 200).forEach(histogram::add);
        assertThat(histogram.percentile(50)).isEqualTo(100);
        assertThat(histogram.percentile(99)).isEqualTo(198);
        assertThat(histogram.percentile(100)).isEqualTo(200);
    }

    @Test
    void tells_percentiles_of_a_wide_range() {
        LongStream.rangeClosed(1, 100_000).map(each -> each * 1_000).forEach(histogram::add);
        assertThat(histogram.percentile(90)).isCloseTo(90_000_000, within(400_000L));
        assertThat(histogram.highest()).isEqualTo(100_000_000);
    }

    @Test
    void never_tells_more_than_the_highest() {
        histogram.add(1_000_001);
        assertThat(histogram.percentile(99)).isLessThanOrEqualTo(1_000_001);
    }

    @Test
    void counts_what_is_above() {
        LongStream.of(1, 2, 1_000_000, 2_000_000).forEach(histogram::add);
        assertThat(histogram.above(2)).isEqualTo(2);
        assertThat(histogram.above(1_500_000)).isEqualTo(1);
        assertThat(histogram.above(3_000_000)).isZero();
    }

    @Test
    void adds_another() {
        Histogram other = new Histogram();
        other.add(7);
        other.add(9);
        histogram.add(3);
        histogram.add(other);
        assertThat(histogram.count()).isEqualTo(3);
        assertThat(histogram.percentile(50)).isEqualTo(7);
        assertThat(histogram.highest()).isEqualTo(9);
    }

    @Test
    void an_empty_one_tells_zero() {
        assertThat(histogram.percentile(50)).isZero();
        assertThat(histogram.highest()).isZero();
    }

    @Test
    void a_negative_duration_counts_as_zero() {
        histogram.add(-5);
        assertThat(histogram.count()).isEqualTo(1);
        assertThat(histogram.highest()).isZero();
    }
}
