package dev.signalbox.guard.memory;

import dev.signalbox.guard.memory.machine.Measured;
import dev.signalbox.guard.memory.machine.ThisMachine;
import java.util.List;
import java.util.Optional;

/** Measures the machine the router runs on, where its memory is not written down. Any thread may use it. */
record Gauge(Residency residency, ThisMachine machine) {

    /** Takes a look at it, and tells those who wait for the first one. */
    void read() {
        residency.refresh(residency.context().hosts());
        List<Books> measurable = residency.counted().stream()
                .filter(books -> books.room().isMeasured())
                .toList();
        if (measurable.isEmpty()) {
            return;
        }
        try {
            long since = residency.context().nanoTime();
            Optional<Measured> measured = machine.measure();
            measurable.forEach(books -> learn(books, measured, since));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the first time everybody waits; later on figures count only of a time when nothing came or went. */
    private void learn(Books books, Optional<Measured> measured, long since) {
        boolean wasAwaited = residency.locked(() -> {
            boolean was = books.room().isAwaited();
            if (was || books.believes(since)) {
                books.measured(measured);
            }
            return was;
        });
        if (wasAwaited) {
            residency.context().askAgain();
        }
    }

    /** What is there between two steps of whoever changes it, who says when it is to count; empty if it is written down. */
    Optional<Measured> between(Books books) throws InterruptedException {
        return books.room().isMeasured() ? machine.measure() : Optional.empty();
    }
}
