package dev.signalbox.core.engine;

import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.ledger.MemoryLedgerFactory;
import dev.signalbox.core.plugin.Making;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.util.Optional;

/**
 * The ledger in use: the one that settings name, else one that is on by default, else one in memory. Made once and kept: what is set aside in
 * one ledger cannot be settled in another. Only whoever exchanges plans writes it.
 *
 * @param named its type and settings; empty if there is none
 * @param ledger the ledger; empty if there is none
 */
record Books(Optional<Settings.Named> named, Optional<Ledger> ledger) {

    static final Books NONE = new Books(Optional.empty(), Optional.empty());

    /**
     * The books under other settings: these, or new ones if there are none yet.
     *
     * @throws ConfigurationException if the settings want another ledger than these
     */
    Books under(Settings settings, Plugins plugins, Engine engine) {
        Settings.Named wanted = settings.ledger().orElseGet(() -> byDefault(plugins));
        if (named.isPresent()) {
            requireSame(wanted);
            return this;
        }
        LedgerFactory factory = plugins.ledger(wanted.type()).orElseGet(MemoryLedgerFactory::new);
        LentContext context = new LentContext(engine, wanted.type());
        return new Books(Optional.of(wanted), Optional.of(Making.of(factory, wanted.settings(), context)));
    }

    private void requireSame(Settings.Named wanted) {
        if (!named.equals(Optional.of(wanted))) {
            throw new ConfigurationException(
                    wanted.settings().where(),
                    "the ledger cannot change while the router runs, since what is set aside in it would be lost."
                            + " Leave it as it is (\"%s\"), or restart"
                                    .formatted(named.map(Settings.Named::type).orElse("")));
        }
    }

    private static Settings.Named byDefault(Plugins plugins) {
        LedgerFactory factory = plugins.all(LedgerFactory.class).stream()
                .filter(LedgerFactory::onByDefault)
                .findFirst()
                .orElseGet(MemoryLedgerFactory::new);
        return new Settings.Named(factory.type(), PluginConfig.of(factory.options(), Where.code("ledger")));
    }
}
