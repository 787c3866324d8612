package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Headers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When to come back, however it is said. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "retry-after, 7, PT7S",
        "retry-after, ' 0 ', PT0S",
        "retry-after, 1.5, PT1.5S",
        "retry-after, 999999999999, PT24H",
        "retry-after-ms, 1500, PT1.5S",
        "retry-after-ms, 100000, PT1M40S",
        "retry-after, 'Sat, 21 Nov 2026 10:01:00 GMT', PT1M",
        "retry-after, 'Sat, 21 Nov 2026 09:00:00 GMT', PT0S",
        "retry-after, 'Sun, 21 Nov 2027 09:00:00 GMT', PT24H",
    })
    void a_time_is_read(String header, String value, Duration wait) {
        assertThat(RetryAfter.of(Headers.of(header, value), NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "NaN", "Infinity", "1e9", "5d", "0x10", "99999999999999999999"})
    void nonsense_is_no_time(String value) {
        assertThat(RetryAfter.of(Headers.of("Retry-After", value), NOW)).isEmpty();
    }

    @Test
    void milliseconds_are_more_exact_than_seconds() {
        assertThat(RetryAfter.of(Headers.of("retry-after", "2", "retry-after-ms", "1700"), NOW))
                .contains(Duration.ofMillis(1700));
    }
}
