package dev.signalbox.spi;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** How long a limit on what is spent holds before it begins anew. */
public enum Period {
    /** A day of the calendar. */
    DAY,
    /** A month of the calendar. */
    MONTH,
    /** It never begins anew. */
    EVER;

    /** The day, the month or the eternity that a moment falls into where this zone's calendar hangs. */
    public Span spanAt(Instant moment, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(moment, zone);
        return switch (this) {
            case DAY -> new Span(day.toString(), Optional.of(begin(day.plusDays(1), zone)));
            case MONTH -> {
                YearMonth month = YearMonth.from(day);
                yield new Span(
                        month.toString(), Optional.of(begin(month.plusMonths(1).atDay(1), zone)));
            }
            case EVER -> Span.EVER;
        };
    }

    private static Instant begin(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    /**
     * One day, one month, or all time. Two spans of one name are the same, so that another zone begins no other day.
     *
     * @param name {@code 2026-01-31}, {@code 2026-01} or {@code ever}
     * @param end when it is over; empty if never
     */
    public record Span(String name, Optional<Instant> end) {

        static final Span EVER = new Span("ever", Optional.empty());

        /** Whether it is one of those. */
        public boolean of(Period period) {
            return name.length()
                    == period.spanAt(Instant.EPOCH, ZoneOffset.UTC).name().length();
        }

        /** Whether it is over at that moment. */
        public boolean overAt(Instant moment) {
            return end.isPresent() && !moment.isBefore(end.get());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Span span && name.equals(span.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
