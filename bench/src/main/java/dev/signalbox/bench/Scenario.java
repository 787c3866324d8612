package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One comparison. */
interface Scenario {

    /** What {@code --only} calls it. */
    String name();

    /** Says in a line what it does. */
    String about();

    /** Starts what it needs, measures, and ends what it started. */
    List<Row> run(Bed bed) throws IOException, InterruptedException;

    /** All of them, in the order of the table. */
    static List<Scenario> all() {
        int many = 64;
        int few = 16;
        return List.of(
                RequestCost.of("cpu-1k", "request of 1 KB", 1_000, many)
                        .atMost(4)
                        .andThroughput(0.5),
                RequestCost.of("cpu-64k", "request of 64 KB", 64_000, many).atMost(6),
                RequestCost.of("cpu-1m", "request of 1 MB", 1_000_000, few).atMost(7),
                SettingsCost.ofRules("rules", "50 rules", ManyRules.usual()).atMost(2),
                SettingsCost.ofRules("rules-whole", "10 rules that look through everything", ManyRules.thorough()),
                SettingsCost.ofGates(1_000, 8),
                SettingsCost.ofGuards("guards", "request of 1 KB to one of four targets, all guards at work", 1_000)
                        .atMost(1.1),
                SettingsCost.ofGuards(
                        "guards-64k", "request of 64 KB to one of four targets, all guards at work", 64_000),
                RequestCost.ofStream("cpu-stream", "stream of 50 chunks at once", 50, many),
                TranslationCost.of("translate", 50, Duration.ZERO, many).atMost(3),
                TranslationCost.of("translate-paced", 50, Duration.ofMillis(10), many)
                        .atMost(3),
                new AddedLatency(5),
                new SlowStreams(1_000, Duration.ofSeconds(1), 260),
                new SlowStreams(5_000, Duration.ofSeconds(1), 420),
                new CancelTime(50));
    }
}
