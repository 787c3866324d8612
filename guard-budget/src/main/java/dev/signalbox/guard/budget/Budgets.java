package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import java.util.List;
import java.util.Optional;

/** All budgets, in the order of the configuration. */
record Budgets(List<Budget> all, Spans spans) {

    Budgets {
        all = List.copyOf(all);
    }

    /** The one that an account is of; empty if there is none any more. */
    Optional<Budget> of(Account account) {
        return all.stream().filter(budget -> budget.has(account)).findFirst();
    }
}
