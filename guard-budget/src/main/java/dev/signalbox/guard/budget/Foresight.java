package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.PluginContext.Task;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the ledger in time from which accounts somebody may want something: those that budgets name, and those that were
 * used lately, for today and, when it is nearly over, for tomorrow. So the first request of a day need not wait.
 */
final class Foresight implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofMinutes(10);
    private static final Duration AHEAD = Duration.ofMinutes(11);

    private final Budgets budgets;
    private final PluginContext context;
    private final Task task;

    /** Looks ahead from now on. */
    Foresight(Budgets budgets, PluginContext context) {
        this.budgets = budgets;
        this.context = context;
        look();
        this.task = context.schedule(OFTEN, this::look);
    }

    private void look() {
        context.ledger().ifPresent(ledger -> {
            Instant now = context.clock().instant();
            expect(ledger, budgets.spans().pageAt(now));
            expect(ledger, budgets.spans().pageOf(now.plus(AHEAD)));
        });
    }

    private void expect(Ledger ledger, Spans.Page day) {
        for (Budget budget : budgets.listed()) {
            budget.onlyName().ifPresent(name -> expect(ledger, budget, name, day));
        }
        for (Account account : ledger.totals().keySet()) {
            budgets.of(account).ifPresent(budget -> expect(ledger, budget, account.name(), day));
        }
    }

    private static void expect(Ledger ledger, Budget budget, String name, Spans.Page day) {
        ledger.expect(new Account(name, budget.unit(), day.of(budget.period())), budget.limit());
    }

    @Override
    public void close() {
        task.close();
    }
}
