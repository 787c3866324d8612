package dev.signalbox.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What sections of a configuration cost: the same Signalbox with and without them, in the same run.
 *
 * @param models the targets of the chain
 * @param without what the configuration says besides where they are left out
 * @param sections what is added to the configuration
 * @param cost the target for the processor time, as a multiple of what a request takes without them
 */
record SettingsCost(
        String name,
        String about,
        int requestBytes,
        int connections,
        List<String> models,
        String without,
        String sections,
        Optional<Target> cost)
        implements Scenario {
    private static final int REPLY_BYTES = 1_000;

    private SettingsCost(String name, String about, int requestBytes, int connections, String sections) {
        this(name, about, requestBytes, connections, List.of("bench"), "", sections, Optional.empty());
    }

    /** Guards before a chain of four targets, compared with the same chain and no guard at work. */
    static SettingsCost ofGuards(String name, String about, int requestBytes) {
        return new SettingsCost(
                name,
                about,
                requestBytes,
                64,
                List.of("bench", "second", "third", "fourth"),
                AllGuards.NONE,
                AllGuards.ALL,
                Optional.empty());
    }

    /** Two gates that overlap, and many more connections than places: all but a few of them wait. */
    static SettingsCost ofGates(int connections, int places) {
        String gates = """
                gates:
                  backend: { of: [ up ], places: %d, queue: 10000 }
                  target: { of: [ up/bench ], places: %d, queue: 10000 }
                """.formatted(places, 2 * places);
        String about = "request of 1 KB past two gates of %d and %d places".formatted(places, 2 * places);
        return new SettingsCost("gates", about, 1_000, connections, gates);
    }

    static SettingsCost ofRules(String name, String about, List<String> conditions) {
        StringBuilder rules = new StringBuilder("rules:\n");
        conditions.forEach(condition ->
                rules.append("  - { when: { ").append(condition).append(" }, use: bench, always: true }\n"));
        return new SettingsCost(name, "request of 64 KB, " + about, 64_000, 64, rules.toString());
    }

    SettingsCost atMost(double multiple) {
        return new SettingsCost(
                name,
                about,
                requestBytes,
                connections,
                models,
                without,
                sections,
                Optional.of(Target.atMost(multiple, "x")));
    }

    @Override
    public List<Row> run(Bed bed) throws IOException, InterruptedException {
        if (!bed.fresh()) {
            bed.say("  left out: how a router that already runs is configured is not known");
            return List.of();
        }
        try (Contender plain = bed.measured("without " + name, models, without);
                Contender with = bed.measured("with " + name, models, sections)) {
            ChatRequest request = new ChatRequest(requestBytes, Script.plain(REPLY_BYTES));
            Turns turns = Turns.take(bed, bed.timing().fine(), List.of(plain, with), request, connections);
            return rows(turns.of(plain), turns.of(with));
        }
    }

    private List<Row> rows(List<Slice> without, List<Slice> with) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(
                "CPU, µs", Comparison.of(without, with, Slice::processorMicros).row("", "%.1f", cost)));
        rows.add(row(
                "requests/s",
                Comparison.of(without, with, Slice::requestsPerSecond).row("", "%,.0f", Optional.empty())));
        return rows;
    }

    /** The reference is no proxy, so its number stands in the text. */
    private Row row(String unit, Row compared) {
        String what = "%s, %,d connections: %s; without: %s".formatted(about, connections, unit, compared.reference());
        return new Row(what, "", "", compared.measured(), compared.compared(), compared.target(), compared.verdict());
    }
}
