package dev.signalbox.spi;

import java.util.List;

/** Makes selectors of one type. */
public interface SelectorFactory extends PluginFactory<Selector> {

    /** What an entry of a pool may say beside its target, such as {@code weight}. */
    default List<Option<?>> entryOptions() {
        return List.of();
    }
}
