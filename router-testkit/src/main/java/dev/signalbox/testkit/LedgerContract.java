package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every ledger promises. Extend it, say how to make yours, and the promises become tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class LedgerContract {

    /** What is tested. */
    protected Ledger ledger;

    @BeforeEach
    void openLedger() {
        ledger = ledger();
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    /** Makes an empty ledger. */
    protected abstract Ledger ledger();

    @Test
    void begins_with_nothing() {
        assertThat(ledger.totals()).isEmpty();
    }

    @Test
    void sets_aside_up_to_the_limit() {
        assertThat(ledger.reserve("alice", 60, 100)).isTrue();
        assertThat(ledger.reserve("alice", 40, 100)).isTrue();
        assertThat(ledger.reserve("alice", 1, 100)).isFalse();

        assertThat(ledger.totals()).containsEntry("alice", new Ledger.Total(0, 100));
    }

    @Test
    void sets_nothing_aside_when_it_refuses() {
        assertThat(ledger.reserve("alice", 101, 100)).isFalse();

        assertThat(ledger.reserve("alice", 100, 100)).isTrue();
    }

    @Test
    void replaces_what_was_set_aside_by_what_was_spent() {
        ledger.reserve("alice", 60, 100);
        ledger.settle("alice", 60, 35);

        assertThat(ledger.totals()).containsEntry("alice", new Ledger.Total(35, 0));
        assertThat(ledger.reserve("alice", 65, 100)).isTrue();
        assertThat(ledger.reserve("alice", 1, 100)).isFalse();
    }

    @Test
    void notes_more_than_was_set_aside_and_more_than_the_limit() {
        ledger.reserve("alice", 60, 100);
        ledger.settle("alice", 60, 130);

        assertThat(ledger.totals()).containsEntry("alice", new Ledger.Total(130, 0));
        assertThat(ledger.reserve("alice", 0, 100)).isFalse();
    }

    @Test
    void gives_back_what_was_released() {
        ledger.reserve("alice", 100, 100);
        ledger.release("alice", 100);

        assertThat(ledger.reserve("alice", 100, 100)).isTrue();
    }

    @Test
    void keeps_accounts_apart_whatever_they_are_called() {
        ledger.reserve("alice", 100, 100);

        assertThat(ledger.reserve("Alice", 100, 100)).isTrue();
        assertThat(ledger.reserve("ünïcode/\uD83D\uDE82 'x'; --", 5, 100)).isTrue();
        assertThat(ledger.totals()).containsEntry("ünïcode/\uD83D\uDE82 'x'; --", new Ledger.Total(0, 5));
    }

    @Test
    void never_goes_over_the_limit_whoever_asks_at_once() {
        var granted = AtOnce.run(() -> {
            int mine = 0;
            for (int i = 0; i < 20; i++) {
                mine += ledger.reserve("alice", 7, 1_000) ? 7 : 0;
            }
            return mine;
        });

        assertThat(granted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(994);
        assertThat(ledger.totals()).containsEntry("alice", new Ledger.Total(0, 994));
    }
}
