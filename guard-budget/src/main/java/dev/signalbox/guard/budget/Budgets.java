package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Account.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** All budgets, in the order of the configuration. */
record Budgets(List<Budget> all, Spans spans) {

    Budgets {
        all = List.copyOf(all);
    }

    boolean anyFor(Party party) {
        return all.stream().anyMatch(budget -> budget.fits(party));
    }

    /** The one that an account is of; empty if there is none any more. */
    Optional<Budget> of(Account account) {
        return all.stream().filter(budget -> budget.has(account)).findFirst();
    }

    /** What somebody may take from each of the budgets that fit; for one account the first. */
    List<Charge> charges(Party party, Instant now, ToLongFunction<Unit> amount) {
        List<Charge> charges = new ArrayList<>();
        Set<Account> seen = new HashSet<>();
        for (Budget budget : all) {
            if (budget.fits(party)) {
                Account account = budget.account(party, now, spans);
                if (seen.add(account)) {
                    charges.add(new Charge(budget, account, amount.applyAsLong(budget.unit())));
                }
            }
        }
        return charges;
    }
}
