package dev.signalbox.core.engine;

import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.Settings;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.util.Optional;

/**
 * The ledger in use: the one that settings name, else one that is on by default. Made once and kept: what is set aside in
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
        Optional<Settings.Named> wanted = settings.ledger().or(() -> byDefault(plugins));
        if (named.isPresent()) {
            requireSame(wanted);
            return this;
        }
        return new Books(
                wanted,
                wanted.flatMap(one -> plugins.ledger(one.type())
                        .map(factory -> factory.create(one.settings(), new LentContext(engine, one.type())))));
    }

    private void requireSame(Optional<Settings.Named> wanted) {
        if (!wanted.equals(named)) {
            throw new ConfigurationException(
                    wanted.map(one -> one.settings().where()).orElseGet(() -> Where.code("ledger")),
                    "the ledger cannot change while the router runs, since what is set aside in it would be lost."
                            + " Leave it as it is (\"%s\"), or restart"
                                    .formatted(named.map(Settings.Named::type).orElse("")));
        }
    }

    private static Optional<Settings.Named> byDefault(Plugins plugins) {
        return plugins.all(LedgerFactory.class).stream()
                .filter(LedgerFactory::onByDefault)
                .findFirst()
                .map(factory ->
                        new Settings.Named(factory.type(), PluginConfig.of(factory.options(), Where.code("ledger"))));
    }
}
