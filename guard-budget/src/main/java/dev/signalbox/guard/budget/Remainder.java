package dev.signalbox.guard.budget;

import dev.signalbox.spi.Ledger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes whole millionths of one account's costs, so that their sum is rounded up once and not for each answer. Any thread
 * may use it.
 */
final class Remainder {

    private final AtomicLong ahead = new AtomicLong(); // what was charged too much so far, in parts of a millionth

    /** How many millionths are to be charged for that. */
    long whole(Cost cost) {
        while (true) {
            long before = ahead.get();
            long owed = cost.parts() - before;
            long after = owed > 0 ? Cost.PARTS - owed : -owed;
            if (after == before || ahead.compareAndSet(before, after)) {
                return Math.min(Ledger.MOST, cost.millionths() + (owed > 0 ? 1 : 0));
            }
        }
    }
}
