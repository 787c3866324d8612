package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/** Numbers of tokens as servers tell them. */
final class Counts {

    private static final long MOST = 1L << 53; // sums of them stay numbers

    private Counts() {}

    /** A number that can be one of tokens; nothing else is believed. */
    static OptionalLong of(JsonNode node) {
        return node.isNumber() && isWhole(node) && node.longValue() >= 0 && node.longValue() <= MOST
                ? OptionalLong.of(node.longValue())
                : OptionalLong.empty();
    }

    /** Whether a number has no fraction, however it is written, and is none that a long cannot hold. */
    static boolean isWhole(JsonNode number) {
        return number.canConvertToLong() && number.canConvertToExactIntegral();
    }
}
