package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;

/** A process that makes a ledger as an engine does, and asks it only if it is told to. */
final class Idler {

    private Idler() {}

    public static void main(String[] arguments) {
        TestContext context = TestContext.named("sqlite").stateIn(Path.of(arguments[0]));
        SqliteLedgerFactory factory = new SqliteLedgerFactory();
        try (Ledger ledger = factory.create(PluginConfig.of(factory.options(), Where.code("ledger")), context)) {
            if (arguments[1].equals("asked")) {
                ledger.totals();
            }
            context.hands().advance(Duration.ofSeconds(10));
        }
    }
}
