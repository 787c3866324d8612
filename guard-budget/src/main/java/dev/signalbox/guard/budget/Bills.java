package dev.signalbox.guard.budget;

import dev.signalbox.guard.budget.Bill.Pot;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Spending;
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

    /** Where there are more, all are worked out anew. */
    private static final int MOST = 10_000;

    private final Prices prices;
    private final Budgets budgets;
    private final PluginContext context;
    private final Map<Party, Bill> bills = new ConcurrentHashMap<>();
    private final Map<Account, Account> accounts = new ConcurrentHashMap<>(); // one of each: the same is soon found

    Bills(Prices prices, Budgets budgets, PluginContext context) {
        this.prices = prices;
        this.budgets = budgets;
        this.context = context;
    }

    Bill of(Party party) {
        Spans.Page today = budgets.spans().pageAt(context.clock().instant());
        Bill known = bills.get(party);
        if (known != null && known.page().equals(today)) {
            return known;
        }
        if (bills.size() >= MOST) {
            bills.clear();
            accounts.clear();
        }
        Bill fresh = written(party, today);
        bills.put(party, fresh);
        return fresh;
    }

    private Bill written(Party party, Spans.Page today) {
        Price price = prices.of(party.target(), new Listed(context.hosts()));
        Spending.Of line = new Spending.Of(today.day().name(), party.target(), party.profile(), party.caller());
        return new Bill(party, today, line, price, Ceiling.of(price), pots(party, today));
    }

    private List<Pot> pots(Party party, Spans.Page today) {
        List<Pot> pots = new ArrayList<>();
        Set<Account> seen = new HashSet<>();
        for (Budget budget : budgets.listed()) {
            if (budget.fits(party)) {
                Account account = shared(budget.account(party, today));
                if (seen.add(account)) {
                    pots.add(new Pot(budget, account));
                }
            }
        }
        return pots;
    }

    private Account shared(Account account) {
        Account known = accounts.putIfAbsent(account, account);
        return known == null ? account : known;
    }
}
