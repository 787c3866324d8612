package dev.signalbox.core.engine;

import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RouterListener;

/**
 * A listener that configuration names, at work.
 *
 * @param type its type
 * @param listener the listener
 * @param settings its options
 * @param shared who needs it
 */
record ActiveListener(String type, RouterListener listener, PluginConfig settings, Shared shared) {}
