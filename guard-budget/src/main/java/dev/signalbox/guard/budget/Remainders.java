package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes whole amounts of costs that are not, so that their sum is rounded up once and not for each answer. Any thread may
 * use it.
 */
final class Remainders {

    /** Where there are more, all begin anew, which costs each less than one. */
    private static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Account, BigDecimal> ahead = new HashMap<>(); // what was charged too much so far; guarded by lock

    /** How many millionths are to be charged for that. */
    long whole(Account account, BigDecimal money) {
        lock.lock();
        try {
            BigDecimal owed = money.movePointRight(6).subtract(ahead.getOrDefault(account, BigDecimal.ZERO));
            BigDecimal charged = owed.setScale(0, RoundingMode.CEILING).min(BigDecimal.valueOf(Ledger.MOST));
            if (ahead.size() >= MOST) {
                ahead.clear();
            }
            ahead.put(account, charged.subtract(owed).max(BigDecimal.ZERO));
            return charged.longValueExact();
        } finally {
            lock.unlock();
        }
    }
}
