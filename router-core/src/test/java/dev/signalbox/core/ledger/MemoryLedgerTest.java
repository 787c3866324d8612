package dev.signalbox.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Spending;
import dev.signalbox.testkit.LedgerContract;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What every ledger promises, and what memory bounds. */
class MemoryLedgerTest extends LedgerContract {

    @Override
    protected Ledger ledger(PluginContext context) {
        return new MemoryLedger(context.clock());
    }

    @Test
    void lines_of_the_oldest_day_are_forgotten_where_there_are_too_many() {
        for (int day = 1; day <= 3; day++) {
            for (int i = 0; i < 8_000; i++) {
                note("2026-01-0" + day, "gpu/m" + i);
            }
        }

        assertThat(ledger.spendings()).hasSize(16_000);
        assertThat(ledger.spendings().getFirst().of().day()).isEqualTo("2026-01-02");
    }

    @Test
    void no_more_accounts_are_taken_than_there_is_room_for() {
        for (int i = 0; i < MemoryLedger.MOST_ACCOUNTS; i++) {
            ledger.reserve(java.util.List.of(new Ledger.Claim(ever("account " + i), 1, 10)));
        }

        assertThat(reserve(new Ledger.Claim(ever("one more"), 1, 10))).isInstanceOf(Ledger.Answer.Unusable.class);
        assertThat(reserves(ever("account 7"), 1, 10)).isTrue();
    }

    private void note(String day, String target) {
        Spending.Of of = new Spending.Of(day, Target.of(target), "", "alice");
        ledger.note(Spending.of(of, Usage.reported(1, 1), BigDecimal.ZERO, BigDecimal.ZERO));
    }
}
