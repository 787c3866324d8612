package dev.signalbox.server.command;

import dev.signalbox.spi.PluginConfig;

/** What followed a command's name, read and checked. Immutable. */
public final class Given {

    private final PluginConfig values;

    Given(PluginConfig values) {
        this.values = values;
    }

    /**
     * The value of an argument, or what holds where it was not said.
     *
     * @throws IllegalArgumentException if it is none of the command's
     */
    public <T> T get(Argument<T> argument) {
        return values.get(argument.option());
    }
}
