package dev.signalbox.matcher.standard;

import dev.signalbox.api.Capability;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.util.Optional;
import java.util.Set;

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

    @Override
    public boolean implies(PluginConfig narrow, PluginConfig wide) {
        return covers(wide.get(argument), narrow.get(argument));
    }

    @Override
    public Optional<PluginConfig> opposite(PluginConfig config) {
        return complement(config.get(argument)).map(other -> config.with(argument, other));
    }

    @Override
    public Optional<Boolean> constant(PluginConfig config) {
        return settled(config.get(argument));
    }

    @Override
    public Set<Capability> demands(PluginConfig config) {
        return asked(config.get(argument));
    }

    abstract Matcher matcher(T value, PluginContext context);

    /** Whether whatever fits the narrow argument surely fits the wide one. */
    boolean covers(T wide, T narrow) {
        return wide.equals(narrow);
    }

    /** What fits exactly those requests which this does not fit; empty if there is no such argument. */
    Optional<T> complement(T value) {
        return Optional.empty();
    }

    /** Whether everything fits, or nothing does; empty where that depends. */
    Optional<Boolean> settled(T value) {
        return Optional.empty();
    }

    /** What requests that fit ask of a model. */
    Set<Capability> asked(T value) {
        return Set.of();
    }
}
