package dev.signalbox.spi;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import java.math.BigDecimal;

/**
 * What answers have taken, of one or of many added up.
 *
 * @param of what they have in common
 * @param sources how many answers, by where their figures come from
 * @param input tokens of prompts, those read from a cache included
 * @param output tokens of answers
 * @param cacheRead tokens of prompts that were read from a cache
 * @param cacheWrite tokens of prompts that were written to a cache
 * @param cost what it cost, exactly
 * @param saved how much more it would have cost without a cache to read from, exactly
 */
public record Spending(
        Of of,
        Sources sources,
        long input,
        long output,
        long cacheRead,
        long cacheWrite,
        BigDecimal cost,
        BigDecimal saved) {

    /**
     * What is added up to one line.
     *
     * @param day the day it ended, such as {@code 2026-01-31}
     * @param target what answered
     * @param profile the profile's name; empty for a target reached without one
     * @param caller who asked
     */
    public record Of(String day, Target target, String profile, String caller) {}

    /** How many answers have figures from where. */
    public record Sources(long reported, long counted, long estimated) {

        static Sources of(Usage.Source source) {
            return switch (source) {
                case REPORTED -> new Sources(1, 0, 0);
                case COUNTED -> new Sources(0, 1, 0);
                case ESTIMATED -> new Sources(0, 0, 1);
            };
        }

        Sources plus(Sources other) {
            return new Sources(reported + other.reported, counted + other.counted, estimated + other.estimated);
        }

        /** All of them. */
        public long all() {
            return reported + counted + estimated;
        }
    }

    /** What one answer has taken. */
    public static Spending of(Of of, Usage usage, BigDecimal cost, BigDecimal saved) {
        return new Spending(
                of,
                Sources.of(usage.source()),
                usage.input(),
                usage.output(),
                usage.cacheRead(),
                usage.cacheWrite(),
                cost,
                saved);
    }

    /** The same under something else. */
    Spending under(Of other) {
        return new Spending(other, sources, input, output, cacheRead, cacheWrite, cost, saved);
    }

    /** Both together, under what this one is of. */
    public Spending plus(Spending other) {
        return new Spending(
                of,
                sources.plus(other.sources),
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheWrite + other.cacheWrite,
                cost.add(other.cost),
                saved.add(other.saved));
    }
}
