package dev.signalbox.core.engine;

import dev.signalbox.api.Deadline;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.RequestView;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A classifier that says what the test tells it. */
final class FakeClassifier implements Classifier {

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
    public void close() {
        closed.incrementAndGet();
    }
}
