package dev.signalbox.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.PluginFactory;

/** Has factories make what they are for. */
public final class Making {

    private Making() {}

    /**
     * What the factory makes of that configuration.
     *
     * @throws ConfigurationException if it has something against it, or fails, telling which jar it came from and why: what
     *     a jar lacks often shows only here
     */
    public static <P> P of(PluginFactory<P> factory, PluginConfig config, PluginContext context) {
        try {
            return requireNonNull(factory.create(config, context), "it made nothing");
        } catch (ConfigurationException wrong) {
            throw wrong;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError bug) {
            ConfigurationException told = new ConfigurationException(
                    config.where(), PluginCheck.failed(factory, bug).toString());
            told.initCause(bug);
            throw told;
        }
    }
}
