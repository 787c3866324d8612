package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes ledgers of type {@code sqlite}. */
public final class SqliteLedgerFactory implements LedgerFactory {

    static final Option<Optional<Path>> FILE = Option.file("file")
            .doc("Where it is kept; `ledger.db` in the state folder if left out.")
            .optional();

    static final Option<Duration> KEEP = Option.duration("keep", Duration.ofDays(1), Duration.ofDays(3_650))
            .doc("How long it is kept what answers took. Budgets are kept as long as they hold.")
            .orElse(Duration.ofDays(400));

    /** Used by {@code ServiceLoader}. */
    public SqliteLedgerFactory() {}

    @Override
    public String type() {
        return "sqlite";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(FILE, KEEP);
    }

    /** What was spent is not to be forgotten when the router is started anew. */
    @Override
    public boolean onByDefault() {
        return true;
    }

    @Override
    public Ledger create(PluginConfig config, PluginContext context) {
        Path file = config.get(FILE).orElseGet(() -> context.stateFolder().resolve("ledger.db"));
        return new SqliteLedger(file, config.get(KEEP), context);
    }
}
