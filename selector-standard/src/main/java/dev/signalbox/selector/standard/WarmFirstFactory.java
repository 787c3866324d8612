package dev.signalbox.selector.standard;

import dev.signalbox.api.BackendState;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code warm-first}: where the model is loaded already, then where most memory is free, then as they are written.
 * Servers that do not tell what is loaded come after those where it is and before those where it is not.
 */
public final class WarmFirstFactory extends StandardFactory {

    private static final Option<Optional<Long>> MEMORY = Option.size("memory", 1, 1L << 50)
            .optional()
            .doc(
                    "How much memory its machine has for models; what is loaded there is taken off to see how much is free.");

    /** Stateless. */
    public WarmFirstFactory() {
        super("warm-first");
    }

    @Override
    public List<Option<?>> entryOptions() {
        return List.of(MEMORY);
    }

    @Override
    public Selector create(PluginConfig config, PluginContext context) {
        return new UpFirst(WarmFirstFactory::order);
    }

    private static List<Candidate> order(List<Candidate> candidates) {
        List<HostView> hosts = candidates.getFirst().hosts();
        return candidates.stream()
                .sorted(Comparator.comparingInt(WarmFirstFactory::coldness)
                        .thenComparing(Comparator.comparingLong((Candidate each) -> free(each, hosts))
                                .reversed()))
                .toList();
    }

    private static int coldness(Candidate candidate) {
        Optional<Boolean> loaded = candidate.status().model().loaded();
        boolean loading = candidate.status().state() == BackendState.LOADING;
        return loaded.isEmpty() || loading ? 1 : loaded.get() ? 0 : 2;
    }

    /** Free bytes; less than any number of them where nobody said how much memory there is. */
    private static long free(Candidate candidate, List<HostView> hosts) {
        if (!candidate.settings().options().contains(MEMORY)) {
            return Long.MIN_VALUE;
        }
        long taken = hosts.stream()
                .filter(host -> host.backends().contains(candidate.target().backend()))
                .mapToLong(HostView::residentBytes)
                .sum();
        return candidate.settings().get(MEMORY).map(all -> all - taken).orElse(Long.MIN_VALUE);
    }
}
