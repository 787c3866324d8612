package dev.signalbox.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What scenarios run on: the mock upstream and a way to start what stands before it. One thread uses it. */
final class Bed {
    private final Upstream upstream;
    private final Timing timing;
    private final Optional<Contender> running;
    private List<String> jvmOptions = List.of();

    /**
     * @param upstream serves the whole bench
     * @param running a router that already runs, to be measured instead of a Signalbox started for each scenario
     */
    Bed(Upstream upstream, Timing timing, Optional<Contender> running) {
        this.upstream = upstream;
        this.timing = timing;
        this.running = running;
    }

    Upstream upstream() {
        return upstream;
    }

    Timing timing() {
        return timing;
    }

    /** Tells whether what is measured is started for each scenario, so that its peak of memory is that scenario's. */
    boolean fresh() {
        return running.isEmpty();
    }

    /** Starts the reference; whoever asked for it closes it. */
    Contender reference() throws IOException, InterruptedException {
        return Nginx.start(upstream);
    }

    /** Starts what is measured; whoever asked for it closes it, which leaves alone what was running before. */
    Contender measured() throws IOException, InterruptedException {
        if (running.isPresent()) {
            return running.get();
        }
        return remembered(Signalbox.start(upstream));
    }

    /** Starts what is measured with other targets and sections; whoever asked for it closes it. */
    Contender measured(String name, List<String> models, String sections) throws IOException, InterruptedException {
        return remembered(Signalbox.start(name, upstream, models, sections));
    }

    private Contender remembered(Contender started) {
        jvmOptions = started.processes().map(ProcessTree::jvmOptions).orElse(List.of());
        return started;
    }

    /** Tells the JVM options of what was measured last. */
    List<String> jvmOptions() {
        return jvmOptions;
    }

    /** Tells those who wait how far the bench is. */
    void say(String line) {
        System.err.println(line);
    }
}
