package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.ModelLifecycle;
import java.time.Duration;
import java.util.Optional;

/** Unloads a model that nobody has asked for long. From the moment it is planned nobody is let in to it. */
final class Emptying implements Work {

    /** It is idle: who does not let go of it by then holds others up, and is asked again later. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Residency residency;
    private final Books books;
    private final Target target;
    private boolean running; // residency's lock

    /** Plans it. Residency's lock. */
    Emptying(Residency residency, Books books, Target target) {
        this.residency = residency;
        this.books = books;
        this.target = target;
        books.begin(this);
        mark(State.GOING);
    }

    private void mark(State state) {
        books.holding(target).ifPresent(holding -> books.holdings().put(target, holding.as(state)));
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public String what() {
        return "%s is being unloaded from %s".formatted(target, books.host());
    }

    @Override
    public void dropped() {
        if (!running) {
            running = true;
            mark(State.THERE);
            books.over();
        }
    }

    @Override
    public void run(Deadline deadline) throws BackendException, InterruptedException {
        residency.locked(() -> {
            running = true;
        });
        try {
            unload(deadline.within(PATIENCE));
            residency.locked(() -> books.unloaded(target));
        } catch (BackendException failed) {
            if (failed.kind() == FailureKind.UNSUPPORTED) {
                residency.locked(() -> books.servers().fix(target.backend()));
            }
            throw failed;
        } finally {
            residency.locked(() -> {
                mark(State.UNSURE);
                books.over();
            });
        }
    }

    private void unload(Deadline deadline) throws BackendException, InterruptedException {
        Optional<ModelLifecycle> lifecycle = residency.view(books).flatMap(view -> view.lifecycle(target.backend()));
        if (lifecycle.isPresent()) {
            lifecycle.get().unload(target.model(), deadline);
        }
    }
}
