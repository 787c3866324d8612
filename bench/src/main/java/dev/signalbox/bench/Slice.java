package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One turn of one contender under a closed loop.
 *
 * @param result what the clients saw
 * @param lasted how long it was counted
 * @param processor the processor time the contender took in it; zero if its processes are not known
 * @param load the processor time of the load generator
 * @param mock the processor time of the mock upstream
 */
record Slice(Load.Result result, Duration lasted, Duration processor, Duration load, Duration mock) {
    /** Runs before each turn uncounted: opening connections is no part of it. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double NANOS_PER_MICRO = 1_000;

    static Slice take(Bed bed, Contender contender, ChatRequest request, int connections, Duration length)
            throws IOException, InterruptedException {
        try (Load load = new Load(contender, request, true)) {
            load.connect(connections);
            Thread.sleep(SETTLE);
            Moment begin = Moment.now(bed, contender, load);
            load.record(true);
            Thread.sleep(length);
            load.record(false);
            Moment end = Moment.now(bed, contender, load);
            boolean ended = load.finish(PATIENCE);
            if (!ended) {
                throw new BenchException("%s left %d of %d connections without an answer for %d s"
                        .formatted(contender.name(), load.open(), connections, PATIENCE.toSeconds()));
            }
            return end.since(begin, load.result());
        }
    }

    long requests() {
        return result.latency().count();
    }

    double requestsPerSecond() {
        return requests() / (lasted.toNanos() / 1e9);
    }

    /** Tells what one request cost the contender, in microseconds; not a number if its processes are not known. */
    double processorMicros() {
        return processor.isZero() ? Double.NaN : micros(processor);
    }

    double medianMicros() {
        return result.latency().percentile(50) / NANOS_PER_MICRO;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%,.0f req/s, %s µs CPU a request (load generator %.1f, mock upstream %.1f), p50 %.0f µs, p99 %.0f µs%s",
                requestsPerSecond(),
                Comparison.text("%.1f", processorMicros()),
                micros(load),
                micros(mock),
                medianMicros(),
                result.latency().percentile(99) / NANOS_PER_MICRO,
                result.failures() == 0 ? "" : ", " + result.failures() + " FAILED: " + result.firstFailure());
    }

    static double median(List<Slice> slices, ToDoubleFunction<Slice> value) {
        double[] sorted = slices.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return Arrays.stream(sorted, (sorted.length - 1) / 2, middle + 1)
                .average()
                .orElse(Double.NaN);
    }

    private double micros(Duration time) {
        return time.toNanos() / NANOS_PER_MICRO / Math.max(1, requests());
    }

    /** The clocks at one moment. */
    private record Moment(long nanos, Duration contender, Duration load, Duration mock) {

        static Moment now(Bed bed, Contender contender, Load load) {
            return new Moment(
                    System.nanoTime(),
                    contender.processes().map(ProcessTree::processorTime).orElse(Duration.ZERO),
                    load.processorTime(),
                    bed.upstream().processorTime());
        }

        Slice since(Moment begin, Load.Result result) {
            return new Slice(
                    result,
                    Duration.ofNanos(nanos - begin.nanos),
                    contender.minus(begin.contender),
                    load.minus(begin.load),
                    mock.minus(begin.mock));
        }
    }
}
