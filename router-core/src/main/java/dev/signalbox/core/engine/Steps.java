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
        return inHeader(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...");
    }

    /** Names of models come from strangers: what may not stand in a header, or in a line of a log, becomes a question mark. */
    static String inHeader(String text) {
        return text.chars().allMatch(Steps::printable)
                ? text
                : text.chars()
                        .mapToObj(c -> printable(c) ? String.valueOf((char) c) : "?")
                        .collect(Collectors.joining());
    }

    private static boolean printable(int c) {
        return c >= ' ' && c < 127;
    }
}
