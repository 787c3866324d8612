package dev.signalbox.core.engine;

import dev.signalbox.core.config.Settings;
import dev.signalbox.spi.Classifier;

/**
 * A classifier at work.
 *
 * @param settings what it was made of
 * @param classifier the classifier
 * @param shared who needs it
 */
record Classifying(Settings.Named settings, Classifier classifier, Shared shared) {}
