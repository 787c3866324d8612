package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processor time one request costs, with all connections busy all the time.
 *
 * @param cost the target for the processor time, as a multiple of the reference's
 * @param throughput the target for requests per second, as a multiple of the reference's
 */
record RequestCost(
        String name,
        String about,
        int requestBytes,
        Script script,
        int connections,
        Optional<Target> cost,
        Optional<Target> throughput)
        implements Scenario {
    private static final int REPLY_BYTES = 1_000;
    private static final int STREAM_REQUEST_BYTES = 1_000;

    static RequestCost of(String name, String about, int requestBytes, int connections) {
        Script script = Script.plain(REPLY_BYTES);
        return new RequestCost(name, about, requestBytes, script, connections, Optional.empty(), Optional.empty());
    }

    static RequestCost ofStream(String name, String about, int chunks, int connections) {
        Script script = Script.stream(chunks, Duration.ZERO);
        return new RequestCost(
                name, about, STREAM_REQUEST_BYTES, script, connections, Optional.empty(), Optional.empty());
    }

    RequestCost atMost(double multiple) {
        return new RequestCost(
                name, about, requestBytes, script, connections, Optional.of(Target.atMost(multiple, "x")), throughput);
    }

    RequestCost andThroughput(double multiple) {
        return new RequestCost(
                name, about, requestBytes, script, connections, cost, Optional.of(Target.atLeast(multiple, "x")));
    }

    @Override
    public List<Row> run(Bed bed) throws IOException, InterruptedException {
        try (Contender reference = bed.reference();
                Contender measured = bed.measured()) {
            ChatRequest request = new ChatRequest(requestBytes, script);
            Turns turns = Turns.take(bed, List.of(reference, measured), request, connections);
            return rows(turns.of(reference), turns.of(measured));
        }
    }

    private List<Row> rows(List<Slice> reference, List<Slice> measured) {
        List<Row> rows = new ArrayList<>();
        rows.add(Comparison.of(reference, measured, Slice::processorMicros)
                .row(about + ", " + connections + " connections: CPU, µs", "%.1f", cost));
        if (throughput.isPresent()) {
            rows.add(Comparison.of(reference, measured, Slice::requestsPerSecond)
                    .row(about + ", " + connections + " connections: requests/s", "%,.0f", throughput));
        }
        return rows;
    }
}
