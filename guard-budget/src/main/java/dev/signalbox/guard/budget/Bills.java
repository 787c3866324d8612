package dev.signalbox.guard.budget;

import dev.signalbox.guard.budget.Bill.Pot;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.PluginContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who pays what and from which budgets. Patterns are looked at once a day for each party, and not whenever one of a
 * request's targets is judged. Any thread may ask.
 */
final class Bills {

    /** Where there are more, all are worked out anew; what an account was charged ahead is lost then, less than a millionth. */
    private static final int MOST = 10_000;

    private final Prices prices;
    private final Budgets budgets;
    private final PluginContext context;
    private final Map<Party, Bill> bills = new ConcurrentHashMap<>();
    private final Map<Account, Shared> accounts = new ConcurrentHashMap<>();

    /** What all have together who pay from an account: also its name, since the same one is soon found. */
    private record Shared(Account account, Remainder remainder) {}

    Bills(Prices prices, Budgets budgets, PluginContext context) {
        this.prices = prices;
        this.budgets = budgets;
        this.context = context;
    }

    /** The day of now. */
    Spans.Page today() {
        return budgets.spans().pageAt(context.clock().instant());
    }

    /** That of the day that a moment falls into. */
    Bill of(Party party, Instant moment) {
        Spans.Page today = budgets.spans().pageAt(moment);
        Bill known = bills.get(party);
        if (known != null && known.page().equals(today)) {
            return known;
        }
        if (bills.size() >= MOST || accounts.size() >= MOST) {
            bills.clear();
            accounts.clear();
        }
        Bill fresh = written(party, today);
        bills.put(party, fresh);
        return fresh;
    }

    private Bill written(Party party, Spans.Page today) {
        Price price = prices.of(party.target(), new Listed(context.hosts()));
        return new Bill(
                party, today, Bill.line(party, today), price, Tariff.of(price), pots(party, today), new Outlook());
    }

    private List<Pot> pots(Party party, Spans.Page today) {
        List<Pot> pots = new ArrayList<>();
        Set<Account> seen = new HashSet<>();
        for (Budget budget : budgets.listed()) {
            if (budget.fits(party)) {
                Shared shared = shared(budget.account(party, today));
                if (seen.add(shared.account())) {
                    pots.add(new Pot(budget, shared.account(), shared.remainder()));
                }
            }
        }
        return pots;
    }

    private Shared shared(Account account) {
        return accounts.computeIfAbsent(account, own -> new Shared(own, new Remainder()));
    }
}
