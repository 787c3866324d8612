package dev.signalbox.guard.budget;

import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Says how budgets stand. */
record Words(String currency, InstantSource clock) {

    /** That an attempt would go over a budget. */
    String over(Charge charge, Ledger.Total total) {
        Budget budget = charge.budget();
        String aside =
                total.reserved() == 0 ? "" : " and %s set aside".formatted(budget.words(total.reserved(), currency));
        return "the budget of %s has %s for %s, of which %s are spent%s; this may take up to %s"
                .formatted(
                        whose(charge),
                        budget.words(budget.limit(), currency),
                        charge.account().span(),
                        budget.words(total.spent(), currency),
                        aside,
                        budget.words(charge.amount(), currency));
    }

    private static String whose(Charge charge) {
        return charge.budget().of() == Party.Role.TOTAL
                ? "all together"
                : charge.account().name();
    }

    /** That to whoever asks; the caller's own budget is his own affair. */
    Refusal refusal(Charge charge, Ledger.Total spent) {
        Budget budget = charge.budget();
        boolean own = budget.of() == Party.Role.CALLER;
        return new Refusal(
                own ? Refusal.Kind.OVER_BUDGET : Refusal.Kind.BUDGET_SPENT,
                over(charge, spent),
                charge.account().span().end().flatMap(this::left),
                Map.of(
                        "budget", charge.account().toString(),
                        "limit", budget.words(budget.limit(), currency),
                        "spent", budget.words(spent.spent(), currency),
                        "needed", budget.words(charge.amount(), currency)));
    }

    /** Asking again helps when the budget begins anew. */
    private Optional<Duration> left(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return Optional.of(
                Duration.ofSeconds(Math.max(1, left.plusNanos(999_999_999).toSeconds())));
    }
}
