package dev.signalbox.guard.budget;

import dev.signalbox.spi.Ledger;
import java.math.BigDecimal;

/**
 * What something costs, also in whole numbers.
 *
 * @param money exactly
 * @param millionths of it, rounded down
 * @param parts what that leaves out; a millionth has {@value #PARTS}
 */
record Cost(BigDecimal money, long millionths, long parts) {

    /** Prices are of a million tokens. They have 9 digits, and what is worked out from them two more. */
    static final int DIGITS = 11;

    static final long PARTS = 100_000_000_000L;

    /** Of an amount with no more digits than that. */
    static Cost of(BigDecimal money) {
        BigDecimal[] both =
                money.movePointRight(Money.MILLIONTHS + DIGITS).divideAndRemainder(BigDecimal.valueOf(PARTS));
        return new Cost(money, both[0].min(BigDecimal.valueOf(Ledger.MOST)).longValueExact(), both[1].longValueExact());
    }

    /** Of so many parts of a millionth; nearly always they are whole millionths. */
    static Cost ofParts(long all) {
        long millionths = all / PARTS;
        long parts = all % PARTS;
        BigDecimal money = parts == 0
                ? BigDecimal.valueOf(millionths, Money.MILLIONTHS)
                : BigDecimal.valueOf(all, Money.MILLIONTHS + DIGITS);
        return new Cost(money, millionths, parts);
    }
}
