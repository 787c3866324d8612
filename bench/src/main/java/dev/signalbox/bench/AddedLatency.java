package dev.signalbox.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a single client waits longer because of what stands between it and the server.
 *
 * @param multiple how many times what the reference adds may be added
 */
record AddedLatency(double multiple) implements Scenario {
    private static final int BYTES = 1_000;
    private static final String FORMAT = "%.0f";

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String about() {
        return "one client, request and reply of 1 KB";
    }

    @Override
    public List<Row> run(Bed bed) throws IOException, InterruptedException {
        Contender direct = Contender.direct(bed.upstream());
        try (Contender reference = bed.reference();
                Contender measured = bed.measured()) {
            ChatRequest request = new ChatRequest(BYTES, Script.plain(BYTES));
            Turns turns = Turns.take(bed, List.of(direct, reference, measured), request, 1);
            return rows(turns.of(direct), turns.of(reference), turns.of(measured));
        }
    }

    private List<Row> rows(List<Slice> direct, List<Slice> reference, List<Slice> measured) {
        double alone = Slice.median(direct, Slice::medianMicros);
        double through = Slice.median(reference, Slice::medianMicros);
        double throughMeasured = Slice.median(measured, Slice::medianMicros);
        List<Slice> all =
                Stream.of(direct, reference, measured).flatMap(List::stream).toList();
        Row median = new Row(
                about() + ": median, µs",
                Comparison.text(FORMAT, alone),
                Comparison.text(FORMAT, through),
                Comparison.text(FORMAT, throughMeasured),
                "",
                "",
                Row.Verdict.NONE);
        Comparison added = new Comparison(through - alone, throughMeasured - alone, all);
        Target target = Target.atMost(multiple, "x");
        return List.of(median, added.row("… added by what is between, µs", FORMAT, Optional.of(target)));
    }
}
