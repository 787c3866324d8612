package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.HostView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All budgets, in the order of the configuration.
 *
 * @param hosts the machines of the targets
 */
record Budgets(List<Budget> all, Spans spans, Supplier<List<HostView>> hosts) {

    Budgets {
        all = List.copyOf(all);
    }

    /** Those of a target by the name that its server gives it now. */
    List<Budget> listed() {
        Listed listed = new Listed(hosts.get());
        return all.stream().map(budget -> budget.as(listed)).toList();
    }

    /** The one that an account is of; empty if there is none any more. */
    Optional<Budget> of(Account account) {
        return listed().stream().filter(budget -> budget.has(account)).findFirst();
    }
}
