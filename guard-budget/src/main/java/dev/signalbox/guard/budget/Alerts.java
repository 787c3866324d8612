package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RouterEvent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells when so large a share of a budget is spent, once for each in the life of a process. Any thread may use it. */
final class Alerts {

    private static final int MOST = 10_000;

    private final PluginContext context;
    private final Words words;
    private final Set<Told> told = ConcurrentHashMap.newKeySet();

    private record Told(Account account, double share) {}

    Alerts(PluginContext context, Words words) {
        this.context = context;
        this.words = words;
    }

    /**
     * Looks which shares are spent by now. What others add meanwhile may pass a share for both: so it is not asked who
     * has, but whether it was told.
     */
    void look(Charge charge, long spent) {
        List<Double> shares = charge.budget().alerts();
        if (shares.isEmpty() || spent < shares.getFirst() * charge.budget().limit()) {
            return; // as with nearly every answer
        }
        for (double share : shares) {
            if (spent >= share * charge.budget().limit() && isNew(new Told(charge.account(), share))) {
                tell(charge, share, spent);
            }
        }
    }

    private boolean isNew(Told alert) {
        if (told.size() >= MOST) {
            told.clear();
        }
        return told.add(alert);
    }

    private void tell(Charge charge, double share, long spent) {
        Budget budget = charge.budget();
        String percent = String.format(Locale.ROOT, "%.0f %%", share * 100);
        String cause = "%s of %s are spent"
                .formatted(budget.words(spent, words.currency()), budget.words(budget.limit(), words.currency()));
        context.tell(new RouterEvent.JudgementChanged(
                context.clock().instant(),
                context.name(),
                charge.account().toString(),
                "below " + percent,
                percent,
                cause));
        context.logger()
                .log(
                        System.Logger.Level.WARNING,
                        "The budget of {0}: {1}.",
                        charge.account().toString(),
                        cause);
    }
}
