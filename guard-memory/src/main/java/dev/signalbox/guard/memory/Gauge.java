package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.guard.memory.machine.Measured;
import dev.signalbox.guard.memory.machine.ThisMachine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
            Map<Books, Long> taken = new HashMap<>();
            measurable.forEach(books -> taken.put(books, residency.locked(books::taken)));
            long since = residency.context().nanoTime();
            Optional<Measured> measured = machine.measure();
            taken.forEach((books, before) -> learn(books, measured, since, before));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the first time everybody waits; later on figures count only of a time when nothing came or went. */
    private void learn(Books books, Optional<Measured> measured, long since, long takenBefore) {
        boolean wasAwaited = residency.locked(() -> {
            boolean was = books.room().isAwaited();
            boolean still = books.believes(since) && books.taken() == takenBefore;
            if (was || still) {
                books.room().measured(measured, Math.min(takenBefore, books.taken()));
            }
            return was;
        });
        if (wasAwaited) {
            residency.context().askAgain();
        }
    }

    /**
     * What is there between two steps of whoever changes it, who says when it is to count; empty if it is written down.
     *
     * @param enough whether it is what was expected; if not, it is looked whether more becomes free within a few seconds
     */
    Optional<Measured> between(Books books, Predicate<Measured> enough, Deadline deadline) throws InterruptedException {
        return books.room().isMeasured() ? machine.measure(enough, deadline) : Optional.empty();
    }
}
