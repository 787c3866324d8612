package dev.signalbox.guard.budget;

import static dev.signalbox.guard.budget.BudgetFixture.money;
import static dev.signalbox.guard.budget.BudgetFixture.ofCaller;
import static dev.signalbox.guard.budget.BudgetFixture.ofTarget;
import static dev.signalbox.guard.budget.BudgetFixture.perDay;
import static dev.signalbox.guard.budget.BudgetFixture.tokens;
import static dev.signalbox.guard.budget.BudgetFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Usage;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds whatever happens; each history is made from a number, so that any can be looked at again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnyHistoryTest {

    private static final List<String> TARGETS = List.of("gpu/m", "gpu/n", "laptop/m");
    private static final List<String> CALLERS = List.of("alice", "bob");

    @Test
    void a_thousand_histories() {
        live(1_000);
    }

    @Test
    @Tag("long")
    void a_hundred_thousand_histories() {
        live(100_000);
    }

    private static void live(int many) {
        for (long seed = 0; seed < many; seed++) {
            new History(seed).live();
        }
    }

    private record Going(String target, long prompt, Lease lease) {}

    private static final class History {

        private final long seed;
        private final Random random;
        private final Map<String, Long> limits;
        private final BudgetFixture budget;
        private final List<Going> going = new ArrayList<>();

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            long all = 1 + random.nextInt(3_000);
            long each = 1 + random.nextInt(2_000);
            long ofGpu = random.nextInt(10_000);
            this.limits = Map.of("total", all, "caller", each, "target", ofGpu);
            this.budget = new BudgetFixture(with(
                    silent(perDay(tokens(all))),
                    silent(ofCaller("*", perDay(tokens(each)))),
                    silent(ofTarget("gpu/*", money(Money.digits(Money.of(ofGpu)))))));
        }

        private static PluginConfig silent(PluginConfig one) {
            return one.with(BudgetOptions.ALERTS, List.of());
        }

        void live() {
            for (int i = 0; i < 40; i++) {
                step();
                nothingIsOver();
            }
            while (!going.isEmpty()) {
                ends(going.removeLast());
            }
            assertThat(budget.setAside()).as("all is given back, %s", this).isZero();
            nothingIsOver();
            theReportIsTheSum();
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0 -> budget.pass(Duration.ofHours(random.nextInt(15)));
                case 1, 2, 3 -> {
                    if (!going.isEmpty()) {
                        ends(going.remove(random.nextInt(going.size())));
                    }
                }
                default -> comes();
            }
        }

        private void comes() {
            long prompt = random.nextInt(400);
            budget.asking(
                    TestRequest.saying("All clear?").tokens(prompt).by(CALLERS.get(random.nextInt(CALLERS.size()))));
            String target = TARGETS.get(random.nextInt(TARGETS.size()));
            Verdict verdict = budget.asks(target);
            assertThat(budget.asks(target)).as("pure, %s", this).isEqualTo(verdict);
            Admission admission = budget.admits(target);
            if (verdict instanceof Verdict.Exclude) {
                assertThat(admission).as("%s", this).isNotInstanceOf(Admission.Granted.class);
            }
            if (admission instanceof Admission.Granted granted) {
                going.add(new Going(target, prompt, granted.lease()));
            }
        }

        /** It never takes more than was thought. */
        private void ends(Going one) {
            switch (random.nextInt(4)) {
                case 0 -> one.lease().undo();
                case 1 -> one.lease().end(budget.failure(one.target()));
                default ->
                    one.lease()
                            .end(budget.report(
                                    one.target(),
                                    Usage.reported(random.nextLong(one.prompt() + 1), random.nextInt(2))));
            }
        }

        private void nothingIsOver() {
            budget.ledger().totals().forEach((account, total) -> {
                String role = account.name().split(" ", 2)[0];
                assertThat(total.used()).as("%s, %s", account, this).isLessThanOrEqualTo(limits.get(role));
            });
        }

        private void theReportIsTheSum() {
            long ofLines = budget.ledger().spendings().stream()
                    .mapToLong(sum -> sum.input() + sum.output())
                    .sum();
            long ofCallers = budget.ledger().totals().entrySet().stream()
                    .filter(each -> each.getKey().name().startsWith("caller"))
                    .map(Map.Entry::getValue)
                    .mapToLong(Ledger.Total::spent)
                    .sum();
            assertThat(ofCallers).as("%s", this).isLessThanOrEqualTo(ofLines);
        }

        @Override
        public String toString() {
            return "seed " + seed;
        }
    }
}
