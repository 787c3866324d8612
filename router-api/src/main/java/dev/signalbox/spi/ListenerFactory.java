package dev.signalbox.spi;

/** Makes listeners of one type. */
public interface ListenerFactory extends PluginFactory<RouterListener> {}
