package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.testkit.LedgerContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** What every ledger promises. */
class SqliteLedgerContractTest extends LedgerContract {

    @TempDir
    private Path folder;

    @Override
    protected Ledger ledger(PluginContext context) {
        return new SqliteLedger(folder.resolve("ledger.db"), Duration.ofDays(400), Duration.ofSeconds(10), context);
    }
}
