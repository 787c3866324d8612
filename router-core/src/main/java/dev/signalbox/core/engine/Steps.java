package dev.signalbox.core.engine;

import dev.signalbox.api.RouteTrace;
import java.util.stream.Collectors;

/** What happened to targets, on one line. */
final class Steps {

    /** Longer header lines are refused by some clients. */
    private static final int LONGEST = 2_000;

    private Steps() {}

    static String brief(RouteTrace trace) {
        String line = trace.steps().stream().map(RouteTrace.Step::brief).collect(Collectors.joining(", "));
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }
}
