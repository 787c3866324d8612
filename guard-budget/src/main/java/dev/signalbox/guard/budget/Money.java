package dev.signalbox.guard.budget;

import dev.signalbox.spi.Ledger;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money and its millionths. */
final class Money {

    static final int MILLIONTHS = 6;

    private Money() {}

    /** The same in whole millionths, rounded up. */
    static long millionths(BigDecimal money) {
        BigDecimal whole = money.movePointRight(MILLIONTHS).setScale(0, RoundingMode.CEILING);
        return whole.min(BigDecimal.valueOf(Ledger.MOST)).longValueExact();
    }

    static BigDecimal of(long millionths) {
        return BigDecimal.valueOf(millionths, MILLIONTHS);
    }

    /** All its digits, and no more. */
    static String digits(BigDecimal money) {
        return money.signum() == 0 ? "0" : money.stripTrailingZeros().toPlainString();
    }
}
