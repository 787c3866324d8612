package dev.signalbox.guard.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.TestContext;
import org.junit.jupiter.api.Test;

/** What every factory promises, and what cannot be said. */
class BudgetGuardFactoryTest extends FactoryContract {

    @Override
    protected PluginFactory<?> factory() {
        return new BudgetGuardFactory();
    }

    @Test
    void is_not_active_unless_it_is_named() {
        assertThat(new BudgetGuardFactory().onByDefault()).isFalse();
    }

    @Test
    void all_budgets_that_cannot_be_are_told_at_once() {
        var general = BudgetFixture.with(
                BudgetFixture.money("1").withPresent(BudgetOptions.TOKENS, 5L),
                BudgetFixture.ofCaller("*", BudgetFixture.money("1"))
                        .withPresent(BudgetOptions.PROFILE, new Glob("coding")));

        Problems noted = new Problems();
        new BudgetGuardFactory().check(general, BudgetFixture.profile(), noted);
        assertThat(noted.list()).hasSize(2);
        assertThatThrownBy(() -> new BudgetGuardFactory().create(general, TestContext.named("budget")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        wrong -> assertThat(wrong.problems()).hasSize(2))
                .hasMessageContaining("either `money` or `tokens`")
                .hasMessageContaining("one of `target`, `backend`, `profile` and `caller`");
    }
}
