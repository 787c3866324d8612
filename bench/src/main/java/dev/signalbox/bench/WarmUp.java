package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;

/** The load before anything counts. A JVM on few cores that still compiles is another one than the one that will run for days. */
final class WarmUp {

    private static final Duration PIECE = Duration.ofSeconds(5);

    /** Compilers that take less than this part of one core have hardly anything left to do. */
    private static final int AT_REST = 50;

    private WarmUp() {}

    /** Puts the load on it for the usual time, and on a JVM until its compilers rest. */
    static void of(Bed bed, Contender contender, ChatRequest request, int connections, Timing timing)
            throws IOException, InterruptedException {
        load(bed, contender, request, connections, timing.warmUp());
        Duration left = timing.longestWarmUp().minus(timing.warmUp());
        boolean compiles = !compilerTime(contender).isZero();
        while (compiles && left.compareTo(PIECE) >= 0) {
            Duration before = compilerTime(contender);
            load(bed, contender, request, connections, PIECE);
            left = left.minus(PIECE);
            Duration taken = compilerTime(contender).minus(before);
            compiles = taken.multipliedBy(AT_REST).compareTo(PIECE) > 0;
        }
    }

    private static Duration compilerTime(Contender contender) {
        return contender.processes().map(ProcessTree::compilerTime).orElse(Duration.ZERO);
    }

    private static void load(Bed bed, Contender contender, ChatRequest request, int connections, Duration length)
            throws IOException, InterruptedException {
        Slice slice = Slice.take(bed, contender, request, connections, length);
        bed.say("  warm-up  " + contender.name() + ": " + slice.text());
    }
}
