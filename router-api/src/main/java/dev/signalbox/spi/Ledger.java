package dev.signalbox.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what was spent and what may be: sums by account, and what answers took by day, target, profile and caller.
 *
 * <p>Amounts are whole, from 0 to {@link #MOST}; each account says in which unit. Sums are exact. Any thread may call; no
 * method blocks on more than memory, so a ledger that keeps its sums in a file writes them by a task of its own: it fetches
 * blocks ahead and gives out of those, and one that is not closed in time has spent at most what it has fetched.
 *
 * <p>There is a bound to how many accounts a ledger keeps. In one for which there is no room nothing can be set aside, and
 * what is settled there is not remembered.
 */
public interface Ledger extends AutoCloseable {

    /** The largest amount there is. */
    long MOST = 1L << 53;

    /**
     * An amount that is to be set aside.
     *
     * @param limit what was spent and what is set aside may not go over it, once this is added; {@link Long#MAX_VALUE} if
     *     it may
     */
    record Claim(Account account, long amount, long limit) {

        /** An amount there is. */
        public Claim {
            requireAmount(amount);
        }
    }

    /** What was set aside in an account for an answer, and what that really took of it. */
    record Settlement(Account account, long reserved, long spent) {

        /** Amounts there are. */
        public Settlement {
            requireAmount(reserved);
            requireAmount(spent);
        }
    }

    /** What became of claims. Closed. */
    sealed interface Answer {

        /** All are set aside. */
        record Taken() implements Answer {}

        /** None is: this account would go over its limit. */
        record Over(Account account, Total total) implements Answer {}

        /** None is: there is nothing to give out of just now. Waiting requests are asked again when there is. */
        record Later(String reason) implements Answer {}

        /** None is, nor will be until somebody does something about it. */
        record Unusable(String reason) implements Answer {}
    }

    /** Something may soon be set aside in an account: a ledger that fetches ahead does so now. Nothing changes for others. */
    default void expect(Account account, long limit) {}

    /** Sets amounts aside in several accounts, each named once; in all of them or in none. */
    Answer reserve(List<Claim> claims);

    /** Replaces what was set aside by what was really spent, which may be more, and more than the limit. */
    void settle(Account account, long reserved, long spent);

    /** Gives back what was set aside. */
    void release(Account account, long reserved);

    /** How an account stands; nothing if it was never used, or its time is long over. */
    Total total(Account account);

    /** How all accounts stand that are not forgotten yet. */
    Map<Account, Total> totals();

    /** Adds what an answer took. */
    void note(Spending spending);

    /**
     * Settles what an answer took in several accounts, each named once, and notes it; returns how they stand then, in that
     * order. A ledger that can does all of it in one step.
     */
    default List<Total> book(List<Settlement> settlements, Spending spending) {
        settlements.forEach(each -> settle(each.account(), each.reserved(), each.spent()));
        note(spending);
        return settlements.stream().map(each -> total(each.account())).toList();
    }

    /** What answers took, one line for all that have everything in common, the oldest day first. */
    List<Spending> spendings();

    /** What is wrong with it, in words for whoever operates the router; empty if nothing is. Its sums may be incomplete then. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** An account's sums. */
    record Total(long spent, long reserved) {

        /** Of an account that was never used. */
        public static final Total NONE = new Total(0, 0);

        private static final long ENOUGH = 1L << 61; // no sum runs over

        /** No sum is below nothing. */
        public Total {
            spent = Math.clamp(spent, 0, ENOUGH);
            reserved = Math.clamp(reserved, 0, ENOUGH);
        }

        /** What is gone for others. */
        public long used() {
            return spent + reserved;
        }

        /** Whether so much more keeps within a limit. */
        public boolean leaves(long amount, long limit) {
            return amount <= limit - used();
        }

        /** With so much more set aside. */
        public Total reserving(long amount) {
            return new Total(spent, reserved + requireAmount(amount));
        }

        /** With that no longer set aside, but spent. */
        public Total settling(long amount, long reallySpent) {
            return new Total(spent + requireAmount(reallySpent), reserved - requireAmount(amount));
        }
    }

    private static long requireAmount(long amount) {
        if (amount < 0 || amount > MOST) {
            throw new IllegalArgumentException("an amount of %d; it may be 0 to %d".formatted(amount, MOST));
        }
        return amount;
    }

    @Override
    default void close() {}
}
