package dev.signalbox.backend.http;

import dev.signalbox.api.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** When a server wants to be asked again: seconds, milliseconds or a date (RFC 9110 §10.2.3). */
final class RetryAfter {

    /** Nobody is told to come back later than in a day. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    static Optional<Duration> of(Headers headers, Instant now) {
        Optional<Duration> millis = headers.first("retry-after-ms")
                .flatMap(RetryAfter::number)
                .map(ms -> Duration.ofNanos((long) (ms * 1e6)));
        return millis.or(() -> headers.first("retry-after").flatMap(text -> read(text.strip(), now)));
    }

    private static Optional<Duration> read(String text, Instant now) {
        return number(text)
                .map(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
                .or(() -> date(text, now));
    }

    private static Optional<Double> number(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return value >= 0 && value <= LONGEST.toSeconds() * 1_000.0
                    ? Optional.of(Math.min(value, (double) LONGEST.toSeconds()))
                    : Optional.empty();
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String text, Instant now) {
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, at);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        } catch (DateTimeParseException notOne) {
            return Optional.empty();
        }
    }
}
