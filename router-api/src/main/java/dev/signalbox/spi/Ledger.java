package dev.signalbox.spi;

import java.util.Map;

/**
 * Keeps what was spent. Amounts are whole micro-units of money or tokens; an account is any word.
 *
 * <p>Any thread may call; no method blocks on more than memory.
 */
public interface Ledger extends AutoCloseable {

    /** Sets an amount aside; false if the account would go over the limit, and then nothing is set aside. */
    boolean reserve(String account, long amount, long limit);

    /** Replaces what was set aside by what was really spent. */
    void settle(String account, long reserved, long spent);

    /** Gives back what was set aside. */
    void release(String account, long reserved);

    /** What was spent and what is set aside, by account. */
    Map<String, Total> totals();

    /** An account's sums. */
    record Total(long spent, long reserved) {}

    @Override
    default void close() {}
}
