package dev.signalbox.core.translate;

import java.util.Map;

/**
 * How many tokens a model may think at each level of effort, where one side says the one and the other side the other.
 *
 * @param minimal at {@code minimal}
 * @param low at {@code low}
 * @param medium at {@code medium}, and at a level that nobody knows
 * @param high at {@code high}
 * @param max at {@code max}, and at what goes by another name for the most
 */
public record Budgets(long minimal, long low, long medium, long high, long max) {

    /** The least that can be asked for where tokens are said. */
    public static final long LEAST = 1024;

    /** Unless somebody says otherwise. */
    public static final Budgets USUAL = new Budgets(LEAST, 2048, 8192, 16_384, 32_768);

    /** The same, but for those levels. */
    public Budgets with(Map<String, Long> levels) {
        return new Budgets(
                levels.getOrDefault("minimal", minimal),
                levels.getOrDefault("low", low),
                levels.getOrDefault("medium", medium),
                levels.getOrDefault("high", high),
                levels.getOrDefault("max", max));
    }

    /** So many tokens come to a level. */
    long of(String level) {
        return switch (level) {
            case "minimal" -> minimal;
            case "low" -> low;
            case "high" -> high;
            case "xhigh", "max" -> max;
            default -> medium;
        };
    }

    /** The level that so many tokens come to: one that every server knows. */
    String level(long tokens) {
        if (tokens <= low) {
            return "low";
        }
        return tokens <= medium ? "medium" : "high";
    }
}
