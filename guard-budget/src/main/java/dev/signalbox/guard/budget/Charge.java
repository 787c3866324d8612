package dev.signalbox.guard.budget;

import dev.signalbox.api.Usage;
import dev.signalbox.guard.budget.Bill.Pot;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Ledger.Claim;
import dev.signalbox.spi.Ledger.Settlement;

/**
 * What one attempt may take from one budget.
 *
 * @param pot from where, and where it is booked: that of the day on which the attempt began
 * @param amount the most it is thought to take
 */
record Charge(Pot pot, long amount) {

    Budget budget() {
        return pot.budget();
    }

    Account account() {
        return pot.account();
    }

    Claim within(boolean limited) {
        return new Claim(account(), amount, limited ? budget().limit() : Long.MAX_VALUE);
    }

    /**
     * What it took in the end.
     *
     * @param held whether the amount was set aside
     */
    Settlement settled(boolean held, Usage usage, Cost cost) {
        long spent = switch (account().unit()) {
            case MONEY -> pot.remainder().whole(cost);
            case TOKENS -> Math.min(Ledger.MOST, usage.input() + usage.output());
        };
        return new Settlement(account(), held ? amount : 0, spent);
    }
}
