package dev.signalbox.selector.standard;

import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.SelectorContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;

/** All selectors and their factories keep the promises of their kind. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PromisesTest {

    @Nested
    class RoundRobin extends Promised {
        RoundRobin() {
            super(new RoundRobinFactory());
        }
    }

    @Nested
    class RoundRobinIsMade extends Made {
        RoundRobinIsMade() {
            super(new RoundRobinFactory());
        }
    }

    @Nested
    class Weighted extends Promised {
        Weighted() {
            super(new WeightedFactory());
        }
    }

    @Nested
    class WeightedIsMade extends Made {
        WeightedIsMade() {
            super(new WeightedFactory());
        }
    }

    @Nested
    class LeastBusy extends Promised {
        LeastBusy() {
            super(new LeastBusyFactory());
        }
    }

    @Nested
    class LeastBusyIsMade extends Made {
        LeastBusyIsMade() {
            super(new LeastBusyFactory());
        }
    }

    @Nested
    class WarmFirst extends Promised {
        WarmFirst() {
            super(new WarmFirstFactory());
        }
    }

    @Nested
    class WarmFirstIsMade extends Made {
        WarmFirstIsMade() {
            super(new WarmFirstFactory());
        }
    }

    @Nested
    class StickyToOne extends Promised {
        StickyToOne() {
            super(new StickyFactory());
        }
    }

    @Nested
    class StickyToOneIsMade extends Made {
        StickyToOneIsMade() {
            super(new StickyFactory());
        }
    }

    private abstract static class Promised extends SelectorContract {

        private final SelectorFactory factory;

        Promised(SelectorFactory factory) {
            this.factory = factory;
        }

        @Override
        protected Selector selector() {
            return Pools.selector(factory);
        }

        @Override
        protected PluginConfig settings() {
            return PluginConfig.of(factory.entryOptions(), Where.code("test"));
        }
    }

    private abstract static class Made extends FactoryContract {

        private final SelectorFactory factory;

        Made(SelectorFactory factory) {
            this.factory = factory;
        }

        @Override
        protected PluginFactory<?> factory() {
            return factory;
        }
    }
}
