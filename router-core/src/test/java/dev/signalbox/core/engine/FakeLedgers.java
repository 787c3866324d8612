package dev.signalbox.core.engine;

import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Ledgers that keep nothing and write down when they were made and closed. */
record FakeLedgers(String type, boolean onByDefault, List<String> log) implements LedgerFactory {

    FakeLedgers(String type, boolean onByDefault) {
        this(type, onByDefault, new CopyOnWriteArrayList<>());
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(FakeBackends.TAG);
    }

    @Override
    public Ledger create(PluginConfig config, PluginContext context) {
        log.add("made " + config.get(FakeBackends.TAG));
        return new Ledger() {
            @Override
            public boolean reserve(String account, long amount, long limit) {
                return true;
            }

            @Override
            public void settle(String account, long reserved, long spent) {}

            @Override
            public void release(String account, long reserved) {}

            @Override
            public Map<String, Total> totals() {
                return Map.of();
            }

            @Override
            public void close() {
                log.add("closed " + config.get(FakeBackends.TAG));
            }
        };
    }
}
