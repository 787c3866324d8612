package dev.signalbox.spi;

import java.util.List;
import java.util.Optional;

/** Makes backends of one type. */
public interface BackendFactory extends PluginFactory<Backend> {

    /** Where such servers usually listen on this machine, and how to recognise one. */
    default List<Discovery> discoveries() {
        return List.of();
    }

    /** How a backend of this type answers without any server, for a first run; empty if it cannot. */
    default Optional<Demo> demo() {
        return Optional.empty();
    }
}
