package dev.signalbox.guard.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The most that tokens cost, worked out in whole numbers where they are not too large.
 *
 * @param price the price
 * @param ofPrompt of a million tokens of a prompt, in the smallest part that prices have
 * @param ofAnswer the same of an answer
 */
record Ceiling(Price price, long ofPrompt, long ofAnswer) {

    /** Prices have 9 digits, and what is worked out from them two more. */
    private static final int DIGITS = 11;

    private static final long PARTS = 100_000_000_000L;

    static Ceiling of(Price price) {
        return new Ceiling(price, parts(price.ofPrompt()), parts(price.output()));
    }

    private static long parts(BigDecimal money) {
        return money.setScale(DIGITS, RoundingMode.CEILING).unscaledValue().longValueExact();
    }

    /** In millionths of money, rounded up. */
    long millionths(long prompt, long answer) {
        if (ofPrompt == 0 && ofAnswer == 0) {
            return 0;
        }
        boolean small = Math.multiplyHigh(ofPrompt, prompt) == 0 && Math.multiplyHigh(ofAnswer, answer) == 0;
        long one = ofPrompt * prompt;
        long other = ofAnswer * answer;
        return small && one >= 0 && other >= 0 && one + other >= 0
                ? Math.ceilDiv(one + other, PARTS)
                : Money.millionths(price.most(prompt, answer));
    }
}
