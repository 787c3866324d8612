package dev.signalbox.guard.budget;

import dev.signalbox.spi.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What was left of budgets when somebody looked last: good for a moment, since every target of every request asks. Any
 * thread may use it.
 */
final class Outlook {

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static final Look NONE = new Look(Amounts.NONE, Instant.MIN, Instant.MIN);

    private final AtomicReference<Look> last = new AtomicReference<>(NONE);

    private record Look(Amounts left, Instant from, Instant until) {

        boolean holds(Instant moment) {
            return moment.isBefore(until) && !moment.isBefore(from);
        }
    }

    /** What is left now, or what was a moment ago. */
    Amounts left(Bill bill, Ledger ledger, Instant moment) {
        Look look = last.get();
        if (look.holds(moment)) {
            return look.left();
        }
        Amounts left = bill.left(ledger);
        last.set(new Look(left, moment, moment.plus(MOMENT)));
        return left;
    }

    /** Somebody has seen that much is gone meanwhile: whoever asks next looks anew. */
    void forget() {
        last.set(NONE);
    }
}
