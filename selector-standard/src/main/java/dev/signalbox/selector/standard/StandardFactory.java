package dev.signalbox.selector.standard;

import dev.signalbox.spi.Option;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.SpiLevel;
import java.util.List;

/** What all factories of this module share. */
abstract class StandardFactory implements SelectorFactory {

    private final String type;

    StandardFactory(String type) {
        this.type = type;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of();
    }
}
