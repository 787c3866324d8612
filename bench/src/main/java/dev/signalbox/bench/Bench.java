package dev.signalbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command {@code bench/run}. Ends with 0 if every target was met, 1 if one was not, 2 if it could not measure. */
public final class Bench {
    private static final int NOT_MET = 1;
    private static final int NOT_MEASURED = 2;

    private Bench() {}

    /**
     * Runs the scenarios that were asked for, and prints the table to standard output and its progress to the error
     * output. Ends the JVM.
     *
     * @param arguments see {@code bench/run --help}
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        try {
            System.exit(run(Options.of(arguments)));
        } catch (BenchException e) {
            System.err.println(e.getMessage());
            System.exit(NOT_MEASURED);
        }
    }

    private static int run(Options options) throws IOException, InterruptedException {
        if (options.help()) {
            System.out.print(Options.USAGE);
            Scenario.all().forEach(each -> System.out.printf("  %-21s %s%n", each.name(), each.about()));
            return 0;
        }
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            throw new BenchException("The bench reads processor time and memory from /proc: it runs on Linux only");
        }
        Report report = measure(options);
        System.out.println(report.markdown());
        if (options.write()) {
            report.write(Report.PAGE);
        }
        return report.passed() ? 0 : NOT_MET;
    }

    private static Report measure(Options options) throws IOException, InterruptedException {
        String load = Machine.load();
        try (Upstream upstream = Upstream.start(options.upstreamPort())) {
            Optional<Contender> running = Optional.empty();
            if (options.url().isPresent()) {
                running = Optional.of(Running.at(options.url().get(), options.pid()));
            }
            Bed bed = new Bed(upstream, options.timing(), running);
            List<Row> rows = new ArrayList<>();
            for (Scenario scenario : options.scenarios()) {
                bed.say(scenario.name() + ": " + scenario.about());
                rows.addAll(scenario.run(bed));
            }
            String name = running.map(Contender::name).orElse("Signalbox");
            return new Report(name, about(options, bed, load), rows);
        }
    }

    private static List<String> about(Options options, Bed bed, String load) throws IOException {
        List<String> about = new ArrayList<>();
        about.add(Machine.description() + "; load average before the run " + load);
        if (bed.fresh()) {
            about.add(Signalbox.name() + " with " + String.join(" ", bed.jvmOptions()));
        }
        about.add("measured on " + LocalDate.now(ZoneOffset.UTC) + ", medians of "
                + options.timing().rounds()
                + " turns, or " + options.timing().fine().rounds() + " shorter ones, after "
                + options.timing().warmUp().toSeconds() + " to "
                + options.timing().longestWarmUp().toSeconds() + " s of warm-up"
                + (options.quick() ? "; with --quick: not to be believed" : ""));
        return about;
    }
}
