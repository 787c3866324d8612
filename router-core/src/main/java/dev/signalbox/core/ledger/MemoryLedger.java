package dev.signalbox.core.ledger;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Spending;
import dev.signalbox.spi.Spendings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps its sums in memory. Any thread may use it. */
final class MemoryLedger implements Ledger {

    /** An account that is used no more is forgotten so long after its time. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final Duration LOOKED_AFTER = Duration.ofHours(1);
    static final int MOST_ACCOUNTS = 20_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Account, Total> accounts = new HashMap<>(); // guarded by lock
    private final Spendings lines = new Spendings(); // guarded by lock
    private Instant nextLook; // guarded by lock

    MemoryLedger(InstantSource clock) {
        this.clock = clock;
        this.nextLook = clock.instant();
    }

    @Override
    public Answer reserve(List<Claim> claims) {
        lock.lock();
        try {
            forgetWhatIsOver();
            if (accounts.size() + claims.stream().filter(this::isNew).count() > MOST_ACCOUNTS) {
                return new Answer.Unusable("the ledger has %d accounts, and takes no more".formatted(accounts.size()));
            }
            for (int i = 0; i < claims.size(); i++) {
                Claim claim = claims.get(i);
                Total total = of(claim.account());
                if (!total.leaves(claim.amount(), claim.limit())) {
                    claims.subList(0, i).forEach(taken -> settleLocked(taken.account(), taken.amount(), 0));
                    return new Answer.Over(claim.account(), total);
                }
                accounts.put(claim.account(), total.reserving(claim.amount()));
            }
            return new Answer.Taken();
        } finally {
            lock.unlock();
        }
    }

    private boolean isNew(Claim claim) {
        return !accounts.containsKey(claim.account());
    }

    private void forgetWhatIsOver() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(LOOKED_AFTER);
        accounts.keySet().removeIf(account -> account.span().overAt(now.minus(KEPT)));
    }

    @Override
    public void settle(Account account, long reserved, long spent) {
        lock.lock();
        try {
            settleLocked(account, reserved, spent);
        } finally {
            lock.unlock();
        }
    }

    private void settleLocked(Account account, long reserved, long spent) {
        Total settled = of(account).settling(reserved, spent);
        if (settled.equals(Total.NONE)) {
            accounts.remove(account);
        } else if (accounts.size() < MOST_ACCOUNTS || accounts.containsKey(account)) {
            accounts.put(account, settled);
        }
    }

    @Override
    public void release(Account account, long reserved) {
        settle(account, reserved, 0);
    }

    @Override
    public Total total(Account account) {
        lock.lock();
        try {
            return of(account);
        } finally {
            lock.unlock();
        }
    }

    private Total of(Account account) {
        return accounts.getOrDefault(account, Total.NONE);
    }

    @Override
    public Map<Account, Total> totals() {
        lock.lock();
        try {
            return Map.copyOf(accounts);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void note(Spending spending) {
        lock.lock();
        try {
            lines.add(spending);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Total> book(List<Settlement> settlements, Spending spending) {
        List<Total> totals = new ArrayList<>(settlements.size());
        lock.lock();
        try {
            settlements.forEach(each -> settleLocked(each.account(), each.reserved(), each.spent()));
            settlements.forEach(each -> totals.add(of(each.account())));
            lines.add(spending);
        } finally {
            lock.unlock();
        }
        return totals;
    }

    @Override
    public List<Spending> spendings() {
        lock.lock();
        try {
            return lines.all();
        } finally {
            lock.unlock();
        }
    }
}
