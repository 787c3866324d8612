package dev.signalbox.backend.http;

import dev.signalbox.api.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a server wants to be asked again: seconds, milliseconds or a date (RFC 9110 §10.2.3). */
final class RetryAfter {

    /** Nobody is told to come back later than in a day. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{0,15})?");

    private RetryAfter() {}

    static Optional<Duration> of(Headers headers, Instant now) {
        return headers.first("retry-after-ms")
                .flatMap(text -> time(text.strip(), 1_000))
                .or(() -> headers.first("retry-after").flatMap(text -> read(text.strip(), now)));
    }

    private static Optional<Duration> read(String text, Instant now) {
        return time(text, 1).or(() -> date(text, now));
    }

    /** A time in units of which a second has that many. */
    private static Optional<Duration> time(String text, int aSecond) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        double seconds = Math.min(Double.parseDouble(text) / aSecond, (double) LONGEST.toSeconds());
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1_000)));
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
