package dev.signalbox.core.engine;

import dev.signalbox.api.Deadline;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.SpiLevel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A classifier that says what the test tells it, and the factory of itself. */
final class FakeClassifier implements Classifier, ClassifierFactory {

    /** What it says. */
    @FunctionalInterface
    interface Says {
        Optional<String> of(RequestView request) throws InterruptedException;
    }

    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile Says says = request -> Optional.empty();

    @Override
    public Optional<String> classify(RequestView request, Deadline deadline) throws InterruptedException {
        asked.incrementAndGet();
        return says.of(request);
    }

    @Override
    public String type() {
        return "triage";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of();
    }

    @Override
    public Classifier create(PluginConfig config, PluginContext context) {
        return this;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
