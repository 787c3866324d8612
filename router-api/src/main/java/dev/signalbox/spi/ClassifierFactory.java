package dev.signalbox.spi;

/** Makes classifiers of one type. */
public interface ClassifierFactory extends PluginFactory<Classifier> {}
