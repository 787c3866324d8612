package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Many streams at once that bring little: what they hold in memory, and whether each chunk comes before the next one is
 * due. Started fresh, so that the memory is that of the streams.
 *
 * @param every the time from one chunk of a stream to the next
 * @param mebibytes the most that may ever be resident
 */
record SlowStreams(int streams, Duration every, double mebibytes) implements Scenario {
    private static final int REQUEST_BYTES = 1_000;
    private static final int STREAMS_A_SECOND = 250;
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public String name() {
        return "streams-" + streams;
    }

    @Override
    public String about() {
        return String.format(Locale.ROOT, "%,d slow streams", streams);
    }

    @Override
    public List<Row> run(Bed bed) throws IOException, InterruptedException {
        Seen reference;
        try (Contender contender = bed.reference()) {
            reference = stream(bed, contender);
        }
        try (Contender contender = bed.measured()) {
            return rows(reference, stream(bed, contender));
        }
    }

    /**
     * What came of the streams.
     *
     * @param memory the most that was resident, in bytes; 0 if the processes are not known
     * @param lost chunks that did not come, or not in their place
     * @param late chunks that came when the next one was already due
     */
    private record Seen(long memory, long lost, long late, Load.Result result) {

        boolean complete() {
            return lost == 0 && late == 0 && result.failures() == 0;
        }

        String mebibytes() {
            return memory == 0 ? "–" : String.format(Locale.ROOT, "%.0f", memory / MEBIBYTE);
        }

        String lostAndLate() {
            return lost + ", " + late;
        }

        String lateness() {
            double p99 = result.lateness().percentile(99) / NANOS_PER_MILLI;
            double most = result.lateness().highest() / NANOS_PER_MILLI;
            return String.format(Locale.ROOT, "%.0f, %.0f", p99, most);
        }
    }

    private Seen stream(Bed bed, Contender contender) throws IOException, InterruptedException {
        Duration ramp = ramp(bed.timing());
        int chunks = (int) ramp.plus(bed.timing().hold()).dividedBy(every);
        ChatRequest request = new ChatRequest(REQUEST_BYTES, Script.stream(chunks, every));
        try (Load load = new Load(contender, request, false)) {
            load.record(true);
            long resident = Math.max(begin(load, ramp), hold(load, chunks));
            long peak = contender.processes().map(ProcessTree::peak).orElse(0L);
            long memory = bed.fresh() ? peak : resident; // the peak of an old process may be older than the streams
            Load.Result result = load.result();
            long lost = (long) streams * chunks - result.lateness().count();
            Seen seen = new Seen(memory, lost, result.lateness().above(every.toNanos()), result);
            bed.say("  %s: resident %.0f MiB, peak %.0f MiB, lost and late %s, p99 and most late %s ms %s"
                    .formatted(
                            contender.name(),
                            resident / MEBIBYTE,
                            peak / MEBIBYTE,
                            seen.lostAndLate(),
                            seen.lateness(),
                            result.firstFailure()));
            return seen;
        }
    }

    private List<Row> rows(Seen reference, Seen measured) {
        Target target = Target.atMost(mebibytes, " MiB");
        Row.Verdict fits =
                measured.memory() == 0 ? Row.Verdict.NONE : Row.Verdict.of(target.met(measured.memory() / MEBIBYTE));
        return List.of(
                new Row(
                        about() + ": most resident, MiB",
                        "",
                        reference.mebibytes(),
                        measured.mebibytes(),
                        "",
                        target.text(),
                        fits),
                new Row(
                        "… chunks lost, late",
                        "",
                        reference.lostAndLate(),
                        measured.lostAndLate(),
                        "",
                        "0, 0",
                        Row.Verdict.of(measured.complete())),
                new Row(
                        "… late by, ms: p99, most",
                        "",
                        reference.lateness(),
                        measured.lateness(),
                        "",
                        "",
                        Row.Verdict.NONE));
    }

    /** Opens the streams little by little, and tells the most that was resident meanwhile. */
    private long begin(Load load, Duration ramp) throws InterruptedException {
        long steps = ramp.dividedBy(STEP);
        long begun = 0;
        long resident = 0;
        for (long step = 1; step <= steps; step++) {
            long wanted = streams * step / steps;
            load.connect((int) (wanted - begun));
            begun = wanted;
            resident = Math.max(resident, pause(load));
        }
        return resident;
    }

    private long hold(Load load, int chunks) throws InterruptedException {
        long resident = 0;
        long until =
                System.nanoTime() + every.multipliedBy(chunks).plus(PATIENCE).toNanos();
        while (load.open() > 0 && System.nanoTime() - until < 0) {
            resident = Math.max(resident, pause(load));
        }
        return resident;
    }

    private static long pause(Load load) throws InterruptedException {
        Thread.sleep(STEP);
        return load.contender().processes().map(ProcessTree::resident).orElse(0L);
    }

    private Duration ramp(Timing timing) {
        Duration steady = Duration.ofSeconds(1).multipliedBy(streams).dividedBy(STREAMS_A_SECOND);
        return steady.compareTo(timing.ramp()) > 0 ? steady : timing.ramp();
    }
}
