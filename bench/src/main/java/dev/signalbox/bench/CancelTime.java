package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The time from a client's leaving until the server sees that its work is not wanted any more. The chunks come slowly,
 * so that a router which notices only by writing is found out.
 *
 * @param millis the most it may ever take
 */
record CancelTime(double millis) implements Scenario {
    private static final int WARM_UP_CONNECTIONS = 16;
    private static final Duration PACE = Duration.ofMillis(300);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final List<Departure> KINDS = List.of(
            new Departure("in mid-stream", Script.stream(100, PACE), 2),
            new Departure(
                    "before the first byte of a stream",
                    Script.stream(100, PACE).after(SILENCE),
                    0),
            new Departure(
                    "before a reply that is not streamed", Script.plain(1_000).after(SILENCE), 0));

    @Override
    public String name() {
        return "cancel";
    }

    @Override
    public String about() {
        return "client leaves";
    }

    @Override
    public List<Row> run(Bed bed) throws IOException, InterruptedException {
        try (Contender reference = bed.reference();
                Contender measured = bed.measured()) {
            warmUp(bed, reference);
            warmUp(bed, measured);
            List<Row> rows = new ArrayList<>();
            for (Departure kind : KINDS) {
                rows.add(row(bed, kind, reference, measured));
            }
            return rows;
        }
    }

    private static void warmUp(Bed bed, Contender contender) throws IOException, InterruptedException {
        for (Script script : List.of(Script.plain(1_000), Script.stream(50, Duration.ZERO))) {
            WarmUp.of(bed, contender, new ChatRequest(1_000, script), WARM_UP_CONNECTIONS, bed.timing());
        }
    }

    private Row row(Bed bed, Departure kind, Contender reference, Contender measured)
            throws IOException, InterruptedException {
        Map<Contender, Histogram> times = new LinkedHashMap<>();
        for (int i = 0; i < bed.timing().cancels(); i++) {
            for (Contender contender : List.of(reference, measured)) {
                times.computeIfAbsent(contender, unused -> new Histogram()).add(kind.take(bed, contender));
            }
        }
        Histogram of = times.getOrDefault(measured, new Histogram());
        bed.say("  %s: %d of each".formatted(kind.about(), of.count()));
        Target target = Target.atMost(millis, " ms");
        return new Row(
                "client leaves " + kind.about() + ": upstream closed after, ms: median, most",
                "",
                text(times.getOrDefault(reference, new Histogram())),
                text(of),
                "",
                target.text(),
                Row.Verdict.of(target.met(of.highest() / NANOS_PER_MILLI)));
    }

    private static String text(Histogram times) {
        return Comparison.text("%.1f", times.percentile(50) / NANOS_PER_MILLI) + ", "
                + Comparison.text("%.1f", times.highest() / NANOS_PER_MILLI);
    }
}
