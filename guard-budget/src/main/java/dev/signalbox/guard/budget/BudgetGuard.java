package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Ledger.Answer;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Knows what answers cost, and keeps what is spent within budgets: sets aside the most an attempt may take, then books what it took. */
final class BudgetGuard implements Guard {

    private final PluginConfig general;
    private final PluginContext context;
    private final Prices prices;
    private final Budgets budgets;
    private final long answerTokens;
    private final Words words;
    private final Booking.Desk desk;

    BudgetGuard(PluginConfig general, PluginContext context) {
        this.general = general;
        this.context = context;
        this.prices = Prices.of(general.get(BudgetOptions.PRICES));
        this.budgets = new Budgets(BudgetOptions.budgets(general), new Spans(general.get(BudgetOptions.ZONE)));
        this.answerTokens = general.get(BudgetOptions.ANSWER_TOKENS);
        this.words = new Words(general.get(BudgetOptions.CURRENCY), context.clock());
        this.desk = new Booking.Desk(context, new Remainders(), new Alerts(context, words), budgets.spans());
        if (!budgets.all().isEmpty()) {
            context.ledger().ifPresent(Ledger::totals); // one that is kept in a file is open by the first request then
        }
        context.publish(new UsageReport(this::ledger, budgets, words).report());
    }

    @Override
    public boolean needsUsage() {
        return true;
    }

    @Override
    public Verdict assess(Candidate candidate) {
        Manner manner = Manner.of(general, candidate.settings());
        Price price = prices.of(candidate.target());
        if (price.paid() && !manner.allowPaid()) {
            return Verdict.exclude(notPaidFor(candidate));
        }
        Optional<Charge> over = manner.action() == Action.OFF ? Optional.empty() : over(candidate, price);
        return over.map(charge -> judged(charge, manner.action())).orElseGet(Verdict::admit);
    }

    private static Refusal notPaidFor(Candidate candidate) {
        String profile = candidate.profile().isEmpty() ? "guards" : "profiles." + candidate.profile() + ".guards";
        return Refusal.of(
                Refusal.Kind.NOT_ALLOWED,
                "%s is paid for; %s.budget.allow-paid would allow it".formatted(candidate.target(), profile));
    }

    /** The first budget that would not do even if nothing else were set aside. */
    private Optional<Charge> over(Candidate candidate, Price price) {
        for (Charge charge : charges(candidate, price)) {
            if (!spentOf(charge.account())
                    .leaves(charge.amount(), charge.budget().limit())) {
                return Optional.of(charge);
            }
        }
        return Optional.empty();
    }

    private Ledger.Total spentOf(Account account) {
        return new Ledger.Total(ledger().total(account).spent(), 0);
    }

    private Verdict judged(Charge charge, Action action) {
        Ledger.Total spent = spentOf(charge.account());
        return action == Action.WARN
                ? Verdict.admit(words.over(charge, spent))
                : Verdict.exclude(words.refusal(charge, spent));
    }

    private List<Charge> charges(Candidate candidate, Price price) {
        Party party = party(candidate);
        if (!budgets.anyFor(party)) {
            return List.of(); // then nobody needs to know how long the prompt is
        }
        Estimate estimate = Estimate.of(candidate, answerTokens);
        Instant now = context.clock().instant();
        return budgets.charges(party, now, unit -> estimate.in(unit, price));
    }

    private static Party party(Candidate candidate) {
        return new Party(
                candidate.target(),
                candidate.profile(),
                candidate.request().caller().name());
    }

    @Override
    public Admission admit(Attempt attempt) {
        boolean limited = Manner.of(general, attempt.settings()).action() == Action.EXCLUDE;
        Price price = prices.of(attempt.target());
        List<Charge> charges = charges(attempt, price);
        Booking booking = new Booking(desk, ledger(), party(attempt), price, charges);
        if (charges.isEmpty()) {
            return Admission.granted(booking);
        }
        Answer answer = ledger().reserve(
                        charges.stream().map(charge -> charge.within(limited)).toList());
        return switch (answer) {
            case Answer.Taken taken -> Admission.granted(booking.holding());
            case Answer.Over over -> over(over, charges);
            case Answer.Later later -> limited ? Admission.later(later.reason()) : Admission.granted(booking);
            case Answer.Unusable no ->
                limited
                        ? Admission.refused(Refusal.of(Refusal.Kind.BUDGET_SPENT, no.reason()))
                        : Admission.granted(booking);
        };
    }

    /** What is set aside for others may come back; what is spent does not. */
    private Admission over(Answer.Over over, List<Charge> charges) {
        Charge charge = charges.stream()
                .filter(each -> each.account().equals(over.account()))
                .findFirst()
                .orElseThrow();
        Ledger.Total spent = new Ledger.Total(over.total().spent(), 0);
        return spent.leaves(charge.amount(), charge.budget().limit())
                ? Admission.later(words.over(charge, over.total()))
                : Admission.refused(words.refusal(charge, spent));
    }

    private Ledger ledger() {
        return context.ledger().orElseThrow(() -> new IllegalStateException("there is no ledger"));
    }
}
