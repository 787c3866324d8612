package dev.signalbox.guard.budget;

import dev.signalbox.spi.Period;
import dev.signalbox.spi.Period.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The day, month and eternity of now, worked out once for each day. Any thread may ask. */
final class Spans {

    private final ZoneId zone;
    private final AtomicReference<Page> page;

    /** What holds from a moment on until that day ends. */
    private record Page(Instant from, Span day, Span month, Span ever) {

        static Page at(Instant now, ZoneId zone) {
            return new Page(
                    now, Period.DAY.spanAt(now, zone), Period.MONTH.spanAt(now, zone), Period.EVER.spanAt(now, zone));
        }

        boolean holds(Instant now) {
            return !now.isBefore(from) && !day.overAt(now);
        }

        Span of(Period period) {
            return switch (period) {
                case DAY -> day;
                case MONTH -> month;
                case EVER -> ever;
            };
        }
    }

    Spans(ZoneId zone) {
        this.zone = zone;
        this.page = new AtomicReference<>(Page.at(Instant.EPOCH, zone));
    }

    ZoneId zone() {
        return zone;
    }

    Span at(Period period, Instant now) {
        Page open = page.get();
        if (!open.holds(now)) {
            open = Page.at(now, zone);
            page.set(open);
        }
        return open.of(period);
    }
}
