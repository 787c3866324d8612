package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger.Claim;

/**
 * What one attempt may take from one budget.
 *
 * @param account where it is booked: that of the day on which the attempt began
 * @param amount the most it is thought to take
 */
record Charge(Budget budget, Account account, long amount) {

    Claim within(boolean limited) {
        return new Claim(account, amount, limited ? budget.limit() : Long.MAX_VALUE);
    }
}
