package dev.signalbox.spi;

import java.util.Optional;

/** Anything, as it was written. */
record NodeType(String words) implements OptionType<ConfigNode> {

    @Override
    public Optional<ConfigNode> read(ConfigNode node, Problems problems) {
        return Optional.of(node);
    }

    @Override
    public void check(ConfigNode value, Where where, Problems problems) {
        // whoever reads it checks it
    }

    @Override
    public String show(ConfigNode value) {
        return value.seen();
    }
}
