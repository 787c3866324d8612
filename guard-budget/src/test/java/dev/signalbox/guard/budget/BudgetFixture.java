package dev.signalbox.guard.budget;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.AttemptReport.Phase;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Period;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A guard with a ledger in memory and a clock turned by hand, which stands at noon of 1 January 2026. */
final class BudgetFixture {

    private final TestContext context;
    private final BudgetGuard guard;
    private PluginConfig profile = profile();
    private TestRequest request = TestRequest.saying("All clear?").tokens(100);

    BudgetFixture(PluginConfig general) {
        this(general, TestContext.named("budget"));
    }

    /** One that begins where another one has ended. */
    BudgetFixture(PluginConfig general, TestContext context) {
        this.context = context;
        this.guard = new BudgetGuard(general, context);
    }

    // What a configuration says.

    static PluginConfig general() {
        return PluginConfig.of(new BudgetGuardFactory().options(), Where.code("guards.budget"));
    }

    static PluginConfig profile() {
        return PluginConfig.of(new BudgetGuardFactory().profileOptions(), Where.code("profiles.test.guards.budget"));
    }

    /** Answers of one token at most, so that a budget says how many requests of 100 tokens fit. */
    static PluginConfig with(PluginConfig... budgets) {
        return general()
                .with(BudgetOptions.BUDGETS, List.of(budgets))
                .with(BudgetOptions.ANSWER_TOKENS, 1L)
                .with(BudgetOptions.PRICES, Map.of("gpu/*", price("3", "15")));
    }

    static PluginConfig price(String input, String output) {
        return PluginConfig.of(BudgetOptions.PRICES.members(), Where.code("price"))
                .with(BudgetOptions.INPUT, new BigDecimal(input))
                .with(BudgetOptions.OUTPUT, new BigDecimal(output));
    }

    static PluginConfig budget() {
        return PluginConfig.of(BudgetOptions.BUDGETS.members(), Where.code("budget"));
    }

    static PluginConfig money(String amount) {
        return budget().withPresent(BudgetOptions.MONEY, new BigDecimal(amount));
    }

    static PluginConfig tokens(long amount) {
        return budget().withPresent(BudgetOptions.TOKENS, amount);
    }

    static PluginConfig perDay(PluginConfig budget) {
        return budget.with(BudgetOptions.PER, Period.DAY);
    }

    static PluginConfig ofCaller(String pattern, PluginConfig budget) {
        return budget.withPresent(BudgetOptions.CALLER, new Glob(pattern));
    }

    static PluginConfig ofTarget(String pattern, PluginConfig budget) {
        return budget.withPresent(BudgetOptions.TARGET, new Glob(pattern));
    }

    static PluginConfig doing(Action action) {
        return profile().withPresent(BudgetOptions.PROFILE_ACTION, action);
    }

    /** From now on requests come in a profile that says this. */
    BudgetFixture in(PluginConfig other) {
        profile = other;
        return this;
    }

    /** From now on it is asked this. */
    BudgetFixture asking(TestRequest other) {
        request = other;
        return this;
    }

    BudgetFixture by(String caller) {
        return asking(request.by(caller));
    }

    // What happens.

    TestContext context() {
        return context;
    }

    BudgetGuard guard() {
        return guard;
    }

    TestAttempt at(String target) {
        return at(target, request);
    }

    TestAttempt at(String target, RequestView asked) {
        return TestAttempt.at(target)
                .of(asked)
                .with(profile)
                .arriving(context.clock().instant());
    }

    void pass(Duration time) {
        context.hands().advance(time);
    }

    Verdict asks(String target) {
        return guard.assess(at(target));
    }

    Admission admits(String target) {
        return guard.admit(at(target));
    }

    boolean fits(String target) {
        boolean assessed = asks(target) instanceof Verdict.Admit;
        Admission admission = admits(target);
        if (admission instanceof Admission.Granted granted) {
            granted.lease().undo();
        }
        return assessed && admission instanceof Admission.Granted;
    }

    Lease letIn(String target) {
        return ((Admission.Granted) admits(target)).lease();
    }

    /** It is answered with that many tokens, as its server says. */
    void answers(String target, long input, long output) {
        letIn(target).end(report(target, Usage.reported(input, output)));
    }

    AttemptReport report(String target, Usage usage) {
        return report(target, new Outcome.Answered(), Optional.of(usage));
    }

    AttemptReport failure(String target) {
        return report(
                target, new Outcome.Failed(Failure.of(FailureKind.SERVER_ERROR, "signal lost")), Optional.empty());
    }

    AttemptReport report(String target, Outcome outcome, Optional<Usage> usage) {
        AttemptReport plain = at(target).report(Phase.ENDED, outcome);
        return new AttemptReport(
                plain.target(),
                plain.profile(),
                plain.settings(),
                plain.phase(),
                outcome,
                plain.timeToFirstContent(),
                usage,
                plain.request());
    }

    // What has become of it.

    Ledger ledger() {
        return context.ledger().orElseThrow();
    }

    /** What was spent, by account. */
    Map<String, Long> spent() {
        Map<String, Long> spent = new LinkedHashMap<>();
        ledger().totals().forEach((account, total) -> spent.put(account.toString(), total.spent()));
        return spent;
    }

    long setAside() {
        return ledger().totals().values().stream()
                .mapToLong(Ledger.Total::reserved)
                .sum();
    }

    long spentOf(String account) {
        return Optional.ofNullable(spent().get(account)).orElse(0L);
    }

    List<RouterEvent.JudgementChanged> told() {
        return context.told().stream()
                .map(RouterEvent.JudgementChanged.class::cast)
                .toList();
    }

    @SuppressWarnings("unchecked") // that is how the report is made
    Map<String, Object> report() {
        return (Map<String, Object>)
                context.report("usage").orElseThrow().content().get();
    }

    @SuppressWarnings("unchecked") // that is how the report is made
    List<Map<String, Object>> rows(String part) {
        return (List<Map<String, Object>>) report().getOrDefault(part, List.of());
    }
}
