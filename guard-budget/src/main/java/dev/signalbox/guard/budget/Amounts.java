package dev.signalbox.guard.budget;

import dev.signalbox.guard.budget.Bill.Pot;

/**
 * The same in each unit that budgets have.
 *
 * @param money in millionths
 * @param tokens of prompt and answer together
 */
record Amounts(long money, long tokens) {

    static final Amounts NONE = new Amounts(0, 0);

    /** In that of a pot. */
    long in(Pot pot) {
        return switch (pot.budget().unit()) {
            case MONEY -> money;
            case TOKENS -> tokens;
        };
    }
}
