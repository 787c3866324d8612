package dev.signalbox.spi;

import java.util.Set;

/** Makes classifiers of one type. */
public interface ClassifierFactory extends PluginFactory<Classifier> {

    /**
     * The classes that a classifier of these settings may answer, so that a rule for another one is told as a mistake;
     * empty if it cannot be said. Pure.
     */
    default Set<String> classes(PluginConfig config) {
        return Set.of();
    }
}
