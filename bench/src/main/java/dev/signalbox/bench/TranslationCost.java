package dev.signalbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What it costs to tell a stream of OpenAI's in Anthropic's dialect: the same Signalbox is asked for the same chunks in
 * either, and passes them on as they are where the client speaks what the upstream does.
 *
 * @param cost the target for the processor time of a chunk, as a multiple of what one takes that is passed on
 */
record TranslationCost(String name, String about, Script script, int connections, Optional<Target> cost)
        implements Scenario {
    private static final int REQUEST_BYTES = 1_000;

    static TranslationCost of(String name, int chunks, Duration every, int connections) {
        String how = every.isZero() ? "at once" : "%d ms apart".formatted(every.toMillis());
        String about = "stream of %d chunks %s, translated for a client of Anthropic's".formatted(chunks, how);
        return new TranslationCost(name, about, Script.stream(chunks, every), connections, Optional.empty());
    }

    TranslationCost atMost(double multiple) {
        return new TranslationCost(name, about, script, connections, Optional.of(Target.atMost(multiple, "x")));
    }

    @Override
    public List<Row> run(Bed bed) throws IOException, InterruptedException {
        if (!bed.fresh()) {
            bed.say("  left out: which dialects a router that already runs takes is not known");
            return List.of();
        }
        try (Contender passing = bed.measured()) {
            Contender translating = passing.at("translating", Client.MESSAGES_PATH);
            ChatRequest request = new ChatRequest(REQUEST_BYTES, script);
            Turns turns = Turns.take(bed, List.of(passing, translating), request, connections);
            return List.of(row(turns.of(passing), turns.of(translating)));
        }
    }

    /** The reference is no proxy, so its number stands in the text. */
    private Row row(List<Slice> passing, List<Slice> translating) {
        Row row = Comparison.of(passing, translating, this::chunkMicros).row("", "%.2f", cost);
        String what = "%s, %,d connections: CPU of a chunk, µs; passed on as it is: %s"
                .formatted(about, connections, row.reference());
        return new Row(what, "", "", row.measured(), row.compared(), row.target(), row.verdict());
    }

    private double chunkMicros(Slice slice) {
        return slice.processorMicros() / script.chunks();
    }
}
