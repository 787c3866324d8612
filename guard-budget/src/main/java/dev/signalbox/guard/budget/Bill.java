package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Spending;
import java.util.ArrayList;
import java.util.List;

/**
 * What one party's answers cost, and from which budgets that is taken, for as long as a day lasts.
 *
 * @param party whose it is
 * @param page the day
 * @param line under what it is added up
 * @param price what they cost
 * @param tariff the same in whole numbers
 * @param pots what it is taken from; of each account once
 * @param outlook what was left in them lately
 */
record Bill(
        Party party, Spans.Page page, Spending.Of line, Price price, Tariff tariff, List<Pot> pots, Outlook outlook) {

    /**
     * A budget, and the account that somebody has in it.
     *
     * @param remainder of what that account was charged; one for all who pay from it
     */
    record Pot(Budget budget, Account account, Remainder remainder) {}

    Bill {
        pots = List.copyOf(pots);
    }

    static Spending.Of line(Party party, Spans.Page page) {
        return new Spending.Of(page.day().name(), party.target(), party.profile(), party.caller());
    }

    /** Under what an answer is added up that ends on that day. */
    Spending.Of line(Spans.Page day) {
        return day.equals(page) ? line : line(party, day);
    }

    /** What an attempt is thought to take from each pot at most. */
    List<Charge> charges(Estimate estimate) {
        Amounts amounts = amounts(estimate);
        List<Charge> charges = new ArrayList<>(pots.size());
        pots.forEach(pot -> charges.add(new Charge(pot, amounts.in(pot))));
        return charges;
    }

    /** What is left in the poorest of its pots, of those of each unit. */
    Amounts left(Ledger ledger) {
        long money = Long.MAX_VALUE;
        long tokens = Long.MAX_VALUE;
        for (Pot pot : pots) {
            long left = pot.budget().limit() - ledger.total(pot.account()).used();
            switch (pot.budget().unit()) {
                case MONEY -> money = Math.min(money, left);
                case TOKENS -> tokens = Math.min(tokens, left);
            }
        }
        return new Amounts(money, tokens);
    }

    /**
     * Whether it does not matter how long the prompt really is: so much is left that the most it may be is little beside it.
     *
     * @param often how many times that prompt has to be left as well, at most 100: no amount is so large that this runs over
     */
    boolean isPlenty(Amounts left, Estimate most, int often) {
        Amounts all = amounts(most);
        Amounts prompt = amounts(most.ofPrompt());
        return left.money() - all.money() >= often * prompt.money()
                && left.tokens() - all.tokens() >= often * prompt.tokens();
    }

    /** How much that is. */
    Amounts amounts(Estimate estimate) {
        return new Amounts(tariff.most(estimate.prompt(), estimate.answer()), estimate.prompt() + estimate.answer());
    }
}
