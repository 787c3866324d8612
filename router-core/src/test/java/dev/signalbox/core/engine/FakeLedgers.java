package dev.signalbox.core.engine;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Spending;
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
            public Answer reserve(List<Claim> claims) {
                return new Answer.Taken();
            }

            @Override
            public void settle(Account account, long reserved, long spent) {}

            @Override
            public void release(Account account, long reserved) {}

            @Override
            public Total total(Account account) {
                return Total.NONE;
            }

            @Override
            public Map<Account, Total> totals() {
                return Map.of();
            }

            @Override
            public void note(Spending spending) {}

            @Override
            public List<Spending> spendings() {
                return List.of();
            }

            @Override
            public void close() {
                log.add("closed " + config.get(FakeBackends.TAG));
            }
        };
    }
}
