package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;

/** The load before anything counts. A JVM on few cores that still compiles is another one than the one that will run for days. */
final class WarmUp {

    private static final Duration PIECE = Duration.ofSeconds(5);

    /** Compilers that take less than this part of one core have hardly anything left to do. */
    private static final int AT_REST = 50;

    /** A piece that is better than the best before it by more than this is not the last one. */
    private static final double BETTER = 1.03;

    private WarmUp() {}

    /** Puts the load on it for the usual time, and on a JVM until its compilers rest and it gets no faster. */
    static void of(Bed bed, Contender contender, ChatRequest request, int connections, Timing timing)
            throws IOException, InterruptedException {
        double best = load(bed, contender, request, connections, timing.warmUp());
        Duration left = timing.longestWarmUp().minus(timing.warmUp());
        boolean cold = !compilerTime(contender).isZero();
        while (cold && left.compareTo(PIECE) >= 0) {
            Duration before = compilerTime(contender);
            double rate = load(bed, contender, request, connections, PIECE);
            left = left.minus(PIECE);
            Duration taken = compilerTime(contender).minus(before);
            cold = taken.multipliedBy(AT_REST).compareTo(PIECE) > 0 || rate > best * BETTER;
            best = Math.max(best, rate);
        }
    }

    private static Duration compilerTime(Contender contender) {
        return contender.processes().map(ProcessTree::compilerTime).orElse(Duration.ZERO);
    }

    /** Tells how many requests a second were answered. */
    private static double load(Bed bed, Contender contender, ChatRequest request, int connections, Duration length)
            throws IOException, InterruptedException {
        Slice slice = Slice.take(bed, contender, request, connections, length);
        bed.say("  warm-up  " + contender.name() + ": " + slice.text());
        return slice.requestsPerSecond();
    }
}
