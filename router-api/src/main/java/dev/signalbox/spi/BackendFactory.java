package dev.signalbox.spi;

import java.util.List;

/** Makes backends of one type. */
public interface BackendFactory extends PluginFactory<Backend> {

    /** Where such servers usually listen on this machine, and how to recognise one. */
    default List<Discovery> discoveries() {
        return List.of();
    }
}
