package dev.signalbox.guard.budget;

import dev.signalbox.api.Usage;
import java.math.BigDecimal;

/**
 * What a million tokens cost.
 *
 * @param input of a prompt
 * @param output of an answer
 * @param cachedRead of a prompt, read from a cache
 * @param cacheWrite of a prompt, written to a cache
 * @param paid whether its targets are for those only who may spend money
 */
record Price(BigDecimal input, BigDecimal output, BigDecimal cachedRead, BigDecimal cacheWrite, boolean paid) {

    private static final int MILLION = 6;

    /** What a cache gives costs a tenth, and what it takes a quarter more, where nothing else is said. */
    private static final BigDecimal READ_SHARE = new BigDecimal("0.1");

    private static final BigDecimal WRITE_SHARE = new BigDecimal("1.25");

    static final Price NOTHING = of(BigDecimal.ZERO, BigDecimal.ZERO);

    static Price of(BigDecimal input, BigDecimal output) {
        return new Price(input, output, readOf(input), writeOf(input), false);
    }

    static BigDecimal readOf(BigDecimal input) {
        return input.multiply(READ_SHARE);
    }

    static BigDecimal writeOf(BigDecimal input) {
        return input.multiply(WRITE_SHARE);
    }

    /** What an answer cost, exactly. */
    BigDecimal cost(Usage usage) {
        BigDecimal told = sum(times(input, plain(usage)), times(output, usage.output()));
        BigDecimal ofCache = sum(times(cachedRead, usage.cacheRead()), times(cacheWrite, usage.cacheWrite()));
        return sum(told, ofCache).movePointLeft(MILLION);
    }

    /** Tokens of a prompt that no cache has to do with. */
    static long plain(Usage usage) {
        return Math.max(0, usage.input() - usage.cacheRead() - usage.cacheWrite());
    }

    /** How much more it would have cost had nothing been read from a cache, exactly. */
    BigDecimal saved(Usage usage) {
        return usage.cacheRead() == 0
                ? BigDecimal.ZERO
                : times(input.subtract(cachedRead), usage.cacheRead()).movePointLeft(MILLION);
    }

    /** The most that so many tokens cost. */
    BigDecimal most(long prompt, long answer) {
        return sum(times(ofPrompt(), prompt), times(output, answer)).movePointLeft(MILLION);
    }

    /** The most that a million tokens of prompts cost, whatever a cache does. */
    BigDecimal ofPrompt() {
        return input.max(cacheWrite).max(cachedRead);
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return tokens == 0 ? BigDecimal.ZERO : price.multiply(BigDecimal.valueOf(tokens));
    }

    private static BigDecimal sum(BigDecimal one, BigDecimal other) {
        return one.signum() == 0 ? other : other.signum() == 0 ? one : one.add(other);
    }
}
