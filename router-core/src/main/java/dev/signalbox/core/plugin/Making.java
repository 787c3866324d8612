package dev.signalbox.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.PluginFactory;
import java.util.Objects;
import java.util.stream.Stream;

/** Has factories make what they are for. */
public final class Making {

    /** Shorter ones are no secrets, and are found in anything. */
    private static final int SHORTEST = 4;

    private static final int MOST_CAUSES = 20; // they may form a circle

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
            throw told(factory, config, bug);
        }
    }

    private static ConfigurationException told(PluginFactory<?> factory, PluginConfig config, Throwable bug) {
        boolean repeats = config.secrets().stream().anyMatch(secret -> repeats(bug, secret));
        String why =
                repeats ? bug.getClass().getSimpleName() + ", whose message repeats a secret" : Causes.inWords(bug);
        ConfigurationException told = new ConfigurationException(
                config.where(), PluginCheck.failed(factory, why).toString());
        if (!repeats) {
            told.initCause(bug);
        }
        return told;
    }

    /** Such as {@code Illegal character in authority at index 9: …}, in it or in what caused it. */
    private static boolean repeats(Throwable bug, String secret) {
        return secret.length() >= SHORTEST
                && Stream.iterate(bug, Objects::nonNull, Throwable::getCause)
                        .limit(MOST_CAUSES)
                        .anyMatch(each -> each.toString().contains(secret));
    }
}
