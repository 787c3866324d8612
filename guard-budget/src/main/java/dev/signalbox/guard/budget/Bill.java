package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Spending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What one party's answers cost, and from which budgets that is taken, for as long as a day lasts.
 *
 * @param party whose it is
 * @param page the day
 * @param line under what it is added up
 * @param price what they cost
 * @param ceiling the same, for estimates
 * @param pots what it is taken from; of each account once
 */
record Bill(Party party, Spans.Page page, Spending.Of line, Price price, Ceiling ceiling, List<Pot> pots) {

    /** A budget, and the account that somebody has in it. */
    record Pot(Budget budget, Account account) {}

    Bill {
        pots = List.copyOf(pots);
    }

    /** What an attempt is thought to take from a pot at most. */
    Charge charge(Pot pot, Estimate estimate) {
        return new Charge(pot.budget(), pot.account(), amount(pot, estimate));
    }

    /** The same from each of them. */
    List<Charge> charges(Estimate estimate) {
        List<Charge> charges = new ArrayList<>(pots.size());
        pots.forEach(pot -> charges.add(charge(pot, estimate)));
        return charges;
    }

    /**
     * Whether it does not matter how long the prompt really is: so much is left in each pot that the most it may be is
     * little beside it.
     *
     * @param often how many times that prompt has to be left as well
     */
    boolean hasPlenty(Estimate most, int often, ToLongFunction<Account> used) {
        Estimate prompt = most.ofPrompt();
        for (Pot pot : pots) {
            long left = pot.budget().limit() - used.applyAsLong(pot.account()) - amount(pot, most);
            if (left / often < amount(pot, prompt)) {
                return false;
            }
        }
        return true;
    }

    /** How much that is. */
    long amount(Pot pot, Estimate estimate) {
        return estimate.in(pot.budget().unit(), ceiling);
    }
}
