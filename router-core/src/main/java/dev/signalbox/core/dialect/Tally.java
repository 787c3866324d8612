package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Usage;
import java.util.Optional;

/**
 * Collects token counts over the frames of a reply. Of each figure the last one above zero counts: some runtimes begin
 * with zeros or with an estimate, others name a figure once. One thread uses it.
 */
final class Tally {

    private long input;
    private long output;
    private long cacheRead;
    private long cacheWrite;
    private boolean inputLeavesOutCache;

    void input(JsonNode count) {
        input = later(input, count);
    }

    void output(JsonNode count) {
        output = later(output, count);
    }

    void cacheRead(JsonNode count) {
        cacheRead = later(cacheRead, count);
    }

    void cacheWrite(JsonNode count) {
        cacheWrite = later(cacheWrite, count);
    }

    /** Says that the input counted so far and from now on does not hold what the caches gave and took. */
    void inputLeavesOutCache() {
        inputLeavesOutCache = true;
    }

    /** The figures; empty if there was none above zero. */
    Optional<Usage> usage() {
        long whole = inputLeavesOutCache ? input + cacheRead + cacheWrite : input;
        return whole == 0 && output == 0
                ? Optional.empty()
                : Optional.of(new Usage(whole, output, cacheRead, cacheWrite, Usage.Source.REPORTED));
    }

    private static long later(long before, JsonNode count) {
        long now = count.isNumber() ? count.longValue() : 0;
        return now > 0 && now < 1L << 48 ? now : before; // beyond that it is no count of tokens
    }
}
