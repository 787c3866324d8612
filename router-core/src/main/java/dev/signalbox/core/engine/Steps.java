package dev.signalbox.core.engine;

import dev.signalbox.api.RouteTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What happened to targets, on one line. */
final class Steps {

    /** Longer header lines are refused by some clients. */
    private static final int LONGEST = 2_000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private Steps() {}

    static String brief(RouteTrace trace) {
        List<String> steps = new ArrayList<>(trace.steps().size());
        trace.steps().forEach(step -> steps.add(step.brief()));
        return listed(steps);
    }

    /** One after the other, as far as a header may be long. */
    static String listed(List<String> words) {
        String line = String.join(", ", words);
        return inHeader(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...");
    }

    /** How many are not that it had to wait. */
    static int beyondWaiting(RouteTrace trace) {
        int count = 0;
        for (RouteTrace.Step step : trace.steps()) {
            if (!step.what().equals("waited")) {
                count++;
            }
        }
        return count;
    }

    /** Notes may hold what a client wrote: a line of a log stays one. */
    static String onOneLine(List<String> notes) {
        return CONTROL.matcher(notes.toString()).replaceAll("?");
    }

    /** Names of models come from strangers: what may not stand in a header, or in a line of a log, becomes a question mark. */
    static String inHeader(String text) {
        return isPrintable(text)
                ? text
                : text.chars()
                        .mapToObj(c -> printable(c) ? String.valueOf((char) c) : "?")
                        .collect(Collectors.joining());
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!printable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean printable(int c) {
        return c >= ' ' && c < 127;
    }
}
