package dev.signalbox.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.TestContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every factory promises, and where the file is. */
class SqliteLedgerFactoryTest extends FactoryContract {

    @TempDir
    private Path folder;

    @Override
    protected PluginFactory<?> factory() {
        return new SqliteLedgerFactory();
    }

    @Override
    protected PluginConfig config() {
        return PluginConfig.of(factory().options(), Where.code("ledger"))
                .withPresent(SqliteLedgerFactory.FILE, folder.resolve("books.db"));
    }

    @Test
    void is_used_where_no_other_is_named() {
        assertThat(new SqliteLedgerFactory().onByDefault()).isTrue();
    }

    @Test
    void it_is_kept_in_the_state_folder_unless_another_place_is_named() {
        TestContext context = TestContext.named("sqlite").stateIn(folder.resolve("state"));
        try (var ledger =
                new SqliteLedgerFactory().create(PluginConfig.of(factory().options(), Where.code("ledger")), context)) {
            ledger.totals();
            assertThat(folder.resolve("state")).doesNotExist();
            context.hands().advance(java.time.Duration.ofSeconds(1));
            assertThat(folder.resolve("state/ledger.db")).isRegularFile();
        }
    }
}
