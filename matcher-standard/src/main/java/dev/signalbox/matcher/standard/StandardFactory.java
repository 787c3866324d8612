package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;

/** What all factories of this module share: the type is the argument's name. */
abstract class StandardFactory<T> implements MatcherFactory {

    private final Option<T> argument;

    StandardFactory(Option<T> argument) {
        this.argument = argument;
    }

    @Override
    public String type() {
        return argument.name();
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public Option<T> argument() {
        return argument;
    }

    @Override
    public Matcher create(PluginConfig config, PluginContext context) {
        return matcher(config.get(argument), context);
    }

    abstract Matcher matcher(T value, PluginContext context);
}
