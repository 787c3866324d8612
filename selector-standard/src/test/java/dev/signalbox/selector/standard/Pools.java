package dev.signalbox.selector.standard;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import java.util.List;
import java.util.stream.Stream;

/** Selectors and what they order, made from few words. */
final class Pools {

    private static final Where HERE = Where.code("test");

    private Pools() {}

    static Selector selector(SelectorFactory factory) {
        return factory.create(config(factory), TestContext.named("coding"));
    }

    static PluginConfig config(SelectorFactory factory) {
        return PluginConfig.of(factory.options(), HERE);
    }

    static PluginConfig weight(long weight) {
        return PluginConfig.of(List.<Option<?>>of(Weight.OPTION), HERE).with(Weight.OPTION, weight);
    }

    /** The names of the backends, in the order of the selector. */
    static String order(Selector selector, Candidate... candidates) {
        return names(selector.order(List.of(candidates)).stream());
    }

    private static String names(Stream<Target> targets) {
        return String.join(" ", targets.map(Target::backend).toList());
    }
}
