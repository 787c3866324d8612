package dev.signalbox.spi;

import java.util.List;

/**
 * Makes plugins of one type. Found through {@link java.util.ServiceLoader} or given to the router by hand.
 *
 * <p>A factory is stateless and opens nothing, nor does {@link #create}: a server that is down does not keep the
 * router from starting. Any thread may call it, any number of times.
 *
 * @param <P> what it makes
 */
public interface PluginFactory<P> {

    /** The word configuration calls the type by, such as {@code ollama}: {@code [a-z0-9][a-z0-9-]*}. */
    String type();

    /**
     * The level of the contracts it was compiled with: {@code return SpiLevel.CURRENT;}. A level that is too old or too
     * new is refused by name.
     */
    int spiLevel();

    /** What configuration and code may say about one plugin of this type, always the same list. */
    List<Option<?>> options();

    /**
     * Makes a plugin.
     *
     * @param config the checked values of {@link #options}
     * @param context what the engine lends it for as long as it lives
     * @throws ConfigurationException if values that are right one by one do not fit together
     */
    P create(PluginConfig config, PluginContext context);
}
