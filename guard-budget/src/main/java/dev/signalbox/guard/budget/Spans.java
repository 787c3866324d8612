package dev.signalbox.guard.budget;

import dev.signalbox.spi.Period;
import dev.signalbox.spi.Period.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The day, month and eternity of now, worked out once for each day. Any thread may ask. */
final class Spans {

    private final ZoneId zone;
    private final AtomicReference<Page> page;

    /** What holds from the beginning of a day to its end. */
    record Page(Instant from, Span day, Span month, Span ever) {

        private static Page at(Instant now, ZoneId zone) {
            Instant begin = LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant();
            return new Page(
                    begin, Period.DAY.spanAt(now, zone), Period.MONTH.spanAt(now, zone), Period.EVER.spanAt(now, zone));
        }

        private boolean holds(Instant now) {
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

    /** The same one for everybody who asks on the same day. */
    Page pageAt(Instant now) {
        Page open = page.get();
        if (open.holds(now)) {
            return open;
        }
        Page fresh = Page.at(now, zone);
        return page.compareAndSet(open, fresh) ? fresh : pageAt(now);
    }

    /** The one of a moment that has not come yet. */
    Page pageOf(Instant later) {
        return Page.at(later, zone);
    }
}
