package dev.signalbox.guard.budget;

import dev.signalbox.api.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A price in whole numbers: times tokens it is a number of the parts that a {@link Cost} has. What is too large for that is
 * worked out exactly.
 *
 * @param prompt the most that one of a prompt costs, whatever a cache does
 */
record Tariff(Price price, long input, long output, long cachedRead, long cacheWrite, long prompt) {

    private static final long TOO_MUCH = -1;

    static Tariff of(Price price) {
        return new Tariff(
                price,
                parts(price.input()),
                parts(price.output()),
                parts(price.cachedRead()),
                parts(price.cacheWrite()),
                parts(price.ofPrompt()));
    }

    private static long parts(BigDecimal money) {
        return money.setScale(Cost.DIGITS, RoundingMode.CEILING).unscaledValue().longValueExact();
    }

    /** The most that so many tokens cost, in millionths of money, rounded up. */
    long most(long ofPrompt, long ofAnswer) {
        long parts = plus(plus(0, prompt, ofPrompt), output, ofAnswer);
        return parts == TOO_MUCH ? Money.millionths(price.most(ofPrompt, ofAnswer)) : Math.ceilDiv(parts, Cost.PARTS);
    }

    /** What an answer cost. */
    Cost cost(Usage usage) {
        long parts = plus(plus(0, input, Price.plain(usage)), output, usage.output());
        long all = plus(plus(parts, cachedRead, usage.cacheRead()), cacheWrite, usage.cacheWrite());
        return all == TOO_MUCH ? Cost.of(price.cost(usage)) : Cost.ofParts(all);
    }

    /** With so many tokens more. */
    private static long plus(long before, long price, long tokens) {
        long more = price * tokens;
        boolean fits = before != TOO_MUCH && more >= 0 && Math.multiplyHigh(price, tokens) == 0 && before + more >= 0;
        return fits ? before + more : TOO_MUCH;
    }
}
