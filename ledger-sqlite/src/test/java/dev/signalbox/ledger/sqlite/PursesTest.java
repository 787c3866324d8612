package dev.signalbox.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger.Claim;
import dev.signalbox.spi.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the clerk is told to write, and when. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PursesTest {

    private static final Account ALICE = Book.account("alice");
    private static final Claim CLAIM = new Claim(ALICE, 10, 1_000);

    private final Purses purses = new Purses();

    private long moves(Account account) {
        purses.moving(account).reserve(CLAIM.amount(), CLAIM.limit());
        return purses.total(account).used();
    }

    @Test
    void who_has_moved_is_written_once() {
        moves(ALICE);
        moves(ALICE);
        assertThat(purses.haveMoved()).isTrue();
        Map<Account, Long> written = purses.next();
        purses.covered(written);

        assertThat(written).containsOnlyKeys(ALICE);
        assertThat(purses.haveMoved()).isFalse();
        assertThat(purses.next()).isEmpty();
    }

    @Test
    void who_moves_again_is_looked_at_again() {
        moves(ALICE);
        purses.covered(purses.next());
        for (int i = 0; i < 3; i++) {
            moves(ALICE);
            assertThat(purses.haveMoved()).as("time %d", i).isTrue();
            purses.covered(purses.next());
        }
    }

    @Test
    void what_could_not_be_written_is_tried_again_until_it_is() {
        moves(ALICE);
        Map<Account, Long> written = purses.next();
        purses.uncovered(written);

        assertThat(purses.haveMoved()).isTrue();
        assertThat(purses.next()).isEqualTo(written);
        purses.uncovered(written);
        moves(ALICE);
        assertThat(purses.next()).containsOnlyKeys(ALICE);
    }

    @Test
    void who_is_forgotten_and_comes_again_is_written_again() {
        Instant begin = Instant.parse("2026-01-01T12:00:00Z");
        Account today = new Account("bob", Account.Unit.MONEY, Period.DAY.spanAt(begin, ZoneOffset.UTC));
        moves(today);
        purses.forget(begin.plus(Duration.ofDays(2)));
        assertThat(purses.next()).isEmpty();
        moves(today);

        assertThat(purses.haveMoved()).isTrue();
        assertThat(purses.next()).containsOnlyKeys(today);
    }
}
