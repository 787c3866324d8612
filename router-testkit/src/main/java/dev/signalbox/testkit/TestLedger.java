package dev.signalbox.testkit;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Spending;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A ledger for the tests of guards: keeps every promise, in memory. Any thread may use it. */
public class TestLedger implements Ledger {

    private static final Duration KEPT = Duration.ofDays(2);

    private final InstantSource clock;
    private final Map<Account, Total> accounts = new HashMap<>(); // guarded by this
    private final Map<Spending.Of, Spending> lines = new LinkedHashMap<>(); // guarded by this

    /** One with nothing in it. */
    public TestLedger(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Answer reserve(List<Claim> claims) {
        accounts.keySet()
                .removeIf(account -> account.span().overAt(clock.instant().minus(KEPT)));
        Map<Account, Total> after = new HashMap<>(accounts);
        for (Claim claim : claims) {
            Total total = after.getOrDefault(claim.account(), Total.NONE);
            if (!total.leaves(claim.amount(), claim.limit())) {
                return new Answer.Over(claim.account(), total(claim.account()));
            }
            after.put(claim.account(), total.reserving(claim.amount()));
        }
        accounts.putAll(after);
        return new Answer.Taken();
    }

    @Override
    public synchronized void settle(Account account, long reserved, long spent) {
        accounts.put(account, total(account).settling(reserved, spent));
    }

    @Override
    public void release(Account account, long reserved) {
        settle(account, reserved, 0);
    }

    @Override
    public synchronized Total total(Account account) {
        return accounts.getOrDefault(account, Total.NONE);
    }

    @Override
    public synchronized Map<Account, Total> totals() {
        return Map.copyOf(accounts);
    }

    @Override
    public synchronized void note(Spending spending) {
        lines.merge(spending.of(), spending, Spending::plus);
    }

    @Override
    public synchronized List<Spending> spendings() {
        return lines.values().stream()
                .sorted(Comparator.comparing(line -> line.of().day()))
                .toList();
    }
}
