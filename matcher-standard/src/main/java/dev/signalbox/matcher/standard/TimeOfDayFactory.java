package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** {@code time-of-day}: whether the clock on the wall stands between two times. */
public final class TimeOfDayFactory extends StandardFactory<PluginConfig> {

    private static final Option<List<DaySpan>> BETWEEN = Option.listOf(
                    "between",
                    Option.parsed("between", "a span of the day such as 22:00-06:00", DaySpan::of)
                            .doc("A span of the day."))
            .doc("Spans such as `22:00-06:00`, the first minute in, the last one out; the end may be on the next day.");

    private static final Option<Optional<ZoneId>> ZONE = Option.parsed(
                    "zone", "a time zone such as Europe/Berlin", TimeOfDayFactory::zone)
            .optional()
            .doc("Whose clock is meant, such as `Europe/Berlin`; without it that of the machine.");

    private static final Option<PluginConfig> ARGUMENT = Option.groupOrFirst("time-of-day", BETWEEN, ZONE)
            .doc("Whether it is now between two times of the day: `22:00-06:00`.");

    /** Stateless. */
    public TimeOfDayFactory() {
        super(ARGUMENT);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            List<String> near = Near.names(text, ZoneId.getAvailableZoneIds());
            throw new IllegalArgumentException(near.isEmpty() ? "nobody knows it" : Near.hint(text, near), unknown);
        }
    }

    @Override
    Matcher matcher(PluginConfig value, PluginContext context) {
        return new Now(
                List.copyOf(value.get(BETWEEN)), value.get(ZONE).orElseGet(ZoneId::systemDefault), context.clock());
    }

    @Override
    boolean covers(PluginConfig wide, PluginConfig narrow) {
        return wide.get(ZONE).equals(narrow.get(ZONE)) && wide.get(BETWEEN).containsAll(narrow.get(BETWEEN));
    }

    @Override
    Optional<Boolean> settled(PluginConfig value) {
        return value.get(BETWEEN).isEmpty() ? Optional.of(false) : Optional.empty();
    }

    private record Now(List<DaySpan> spans, ZoneId zone, InstantSource clock) implements Matcher {

        @Override
        public boolean matches(RequestView request) {
            return spans.stream().anyMatch(span -> span.holds(time()));
        }

        @Override
        public String seen(RequestView request) {
            return "%s %s".formatted(time().truncatedTo(ChronoUnit.MINUTES), zone);
        }

        private LocalTime time() {
            return clock.instant().atZone(zone).toLocalTime();
        }
    }
}
