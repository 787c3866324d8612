package dev.signalbox.selector.standard;

import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Selector;
import java.util.Comparator;
import java.util.List;

/** {@code least-busy}: the server with the fewest requests for its weight first; of equal ones as they are written. */
public final class LeastBusyFactory extends StandardFactory {

    /** Stateless. */
    public LeastBusyFactory() {
        super("least-busy");
    }

    @Override
    public List<Option<?>> entryOptions() {
        return List.of(Weight.OPTION);
    }

    @Override
    public Selector create(PluginConfig config, PluginContext context) {
        return new UpFirst(LeastBusyFactory::order);
    }

    /** One more request would make it so busy. */
    private static List<Candidate> order(List<Candidate> candidates) {
        Loads loads = Loads.of(candidates);
        return candidates.stream()
                .sorted(Comparator.comparingDouble(each -> (loads.of(each) + 1.0) / Weight.of(each)))
                .toList();
    }
}
