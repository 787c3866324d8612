package dev.signalbox.guard.budget;

import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Ledger.Answer;
import dev.signalbox.spi.PerProfile;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Knows what answers cost, and keeps what is spent within budgets: sets aside the most an attempt may take, then books what it took. */
final class BudgetGuard implements Guard {

    /**
     * So many times the longest that a prompt can be, what is left is plenty. To be judged it takes twice as much, so that it
     * is plenty still when the request is let in.
     */
    private static final int PLENTY = 50;

    private final PerProfile<Manner> manners;
    private final PluginContext context;
    private final Bills bills;
    private final long answerTokens;
    private final Words words;
    private final Booking.Desk desk;
    private final Optional<Foresight> foresight;

    BudgetGuard(PluginConfig general, PluginContext context) {
        this.manners = new PerProfile<>(profile -> Manner.of(general, profile));
        this.context = context;
        Budgets budgets =
                new Budgets(BudgetOptions.budgets(general), new Spans(general.get(BudgetOptions.ZONE)), context::hosts);
        this.bills = new Bills(Prices.of(general.get(BudgetOptions.PRICES)), budgets, context);
        this.answerTokens = general.get(BudgetOptions.ANSWER_TOKENS);
        this.words = new Words(general.get(BudgetOptions.CURRENCY), context.clock());
        this.desk = new Booking.Desk(context, new Alerts(context, words), bills, new AtomicBoolean());
        this.foresight = budgets.all().isEmpty() ? Optional.empty() : Optional.of(new Foresight(budgets, context));
        context.publish(new UsageReport(this::ledger, budgets, words).report());
    }

    @Override
    public boolean needsUsage() {
        return true;
    }

    @Override
    public Verdict assess(Candidate candidate) {
        Manner manner = manners.of(candidate.settings());
        Bill bill = bills.of(party(candidate), candidate.moment());
        if (bill.price().paid() && !manner.allowPaid()) {
            return Verdict.exclude(notPaidFor(candidate));
        }
        return bill.pots().isEmpty() || hasPlenty(bill, candidate)
                ? Verdict.admit() // then nobody needs to know how long the prompt is
                : judged(bill, Estimate.of(candidate, answerTokens), manner.action());
    }

    /** Whether so much was left a moment ago that nobody needs to look again, nor at how long the prompt is. */
    private boolean hasPlenty(Bill bill, Candidate candidate) {
        Optional<Estimate> most = Estimate.atMost(candidate, answerTokens);
        return most.isPresent()
                && bill.isPlenty(bill.outlook().left(bill, ledger(), candidate.moment()), most.get(), 2 * PLENTY);
    }

    /**
     * Says whether some budget would not do even if nothing else were set aside. The estimate is there also where nothing
     * is judged: so a long prompt is read by now, and not when its request is let in, where others wait for it. (It is read
     * there only of those that were judged by a look from before most of what was left went within a second.)
     */
    private Verdict judged(Bill bill, Estimate estimate, Action action) {
        if (action == Action.OFF) {
            return Verdict.admit();
        }
        for (Charge charge : bill.charges(estimate)) {
            Ledger.Total spent =
                    new Ledger.Total(ledger().total(charge.account()).spent(), 0);
            if (!spent.leaves(charge.amount(), charge.budget().limit())) {
                return verdict(charge, spent, action);
            }
        }
        return Verdict.admit();
    }

    private Verdict verdict(Charge charge, Ledger.Total spent, Action action) {
        return action == Action.WARN
                ? Verdict.admit(words.over(charge, spent))
                : Verdict.exclude(words.refusal(charge, spent));
    }

    private static Refusal notPaidFor(Candidate candidate) {
        String profile = candidate.profile().isEmpty() ? "guards" : "profiles." + candidate.profile() + ".guards";
        return Refusal.of(
                Refusal.Kind.NOT_ALLOWED,
                "%s is paid for; %s.budget.allow-paid would allow it".formatted(candidate.target(), profile));
    }

    private static Party party(Candidate candidate) {
        return new Party(
                candidate.target(),
                candidate.profile(),
                candidate.request().caller().name());
    }

    @Override
    public Admission admit(Attempt attempt) {
        boolean limited = manners.of(attempt.settings()).action() == Action.EXCLUDE;
        Bill bill = bills.of(party(attempt), attempt.moment());
        if (bill.pots().isEmpty()) {
            return Admission.granted(new Booking(desk, ledger(), bill, List.of()));
        }
        Estimate estimate = generous(bill, attempt).orElseGet(() -> Estimate.of(attempt, answerTokens));
        List<Charge> charges = bill.charges(estimate);
        Booking booking = new Booking(desk, ledger(), bill, charges);
        Answer answer = ledger().reserve(within(charges, limited));
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

    /** What it can take at most, where so much is left now that this will do for an estimate. */
    private Optional<Estimate> generous(Bill bill, Attempt attempt) {
        Optional<Estimate> most =
                Estimate.atMost(attempt, answerTokens).filter(each -> bill.isPlenty(bill.left(ledger()), each, PLENTY));
        if (most.isEmpty()) {
            bill.outlook().forget(); // so that the prompts of others are read before it is their turn
        }
        return most;
    }

    private static List<Ledger.Claim> within(List<Charge> charges, boolean limited) {
        List<Ledger.Claim> all = new ArrayList<>(charges.size());
        charges.forEach(charge -> all.add(charge.within(limited)));
        return all;
    }

    /** What is set aside for others may come back; what is spent does not. */
    private Admission over(Answer.Over over, List<Charge> charges) {
        Charge charge = charges.stream()
                .filter(each -> each.account().equals(over.account()))
                .findFirst()
                .orElseThrow();
        Ledger.Total spent = new Ledger.Total(over.total().spent(), 0);
        if (!spent.leaves(charge.amount(), charge.budget().limit())) {
            return Admission.refused(words.refusal(charge, spent));
        }
        desk.awaited().set(true);
        return Admission.later(words.over(charge, over.total()));
    }

    @Override
    public void close() {
        foresight.ifPresent(Foresight::close);
    }

    private Ledger ledger() {
        return context.ledger().orElseThrow(() -> new IllegalStateException("there is no ledger"));
    }
}
