package dev.signalbox.api;

/**
 * How many tokens an answer took.
 *
 * @param input tokens of the prompt, those read from a cache included
 * @param output tokens of the answer, reasoning included
 * @param cacheRead tokens of the prompt that were read from a cache
 * @param cacheWrite tokens of the prompt that were written to a cache
 * @param source where the figures come from
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite, Source source) {

    /** Where figures come from, best first. */
    public enum Source {
        REPORTED,
        COUNTED,
        ESTIMATED
    }

    public Usage {
        if (input < 0 || output < 0 || cacheRead < 0 || cacheWrite < 0) {
            throw new IllegalArgumentException("negative tokens");
        }
    }

    /** What a runtime reported, without a cache. */
    public static Usage reported(long input, long output) {
        return new Usage(input, output, 0, 0, Source.REPORTED);
    }
}
