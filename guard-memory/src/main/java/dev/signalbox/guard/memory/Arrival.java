package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.ModelLifecycle.Wish;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a model comes once there is room for it. For the thread that prepares.
 *
 * @param moves what is marked in the books for its sake; residency's lock
 */
record Arrival(Residency residency, Books books, Need need, Looks looks, Moves moves) {

    /**
     * Has it loaded, or kept as long as it is wanted where it is there, and looks whether it is as planned. A server that
     * cannot be told to loads it when the request comes.
     *
     * @throws BackendException if its server does not load it
     */
    void load(HostView view, Deadline deadline) throws BackendException, InterruptedException {
        Optional<ModelLifecycle> lifecycle = view.lifecycle(target().backend());
        if (lifecycle.isPresent() && comes(lifecycle.get(), deadline)) {
            looks.look(view, deadline);
        }
        residency.locked(this::arrived);
    }

    private Target target() {
        return need.target();
    }

    /** Whether its server was told anything. */
    private boolean comes(ModelLifecycle lifecycle, Deadline deadline) throws BackendException, InterruptedException {
        Optional<Duration> keep = residency.keep(target());
        boolean isListed = residency.locked(() -> looks.lists(target()).orElse(false));
        if (!isListed || !residency.locked(this::isWideEnough)) {
            load(lifecycle, keep, isListed, deadline);
            return true;
        }
        if (keep.isPresent()) {
            keep(lifecycle, keep, deadline);
        }
        return keep.isPresent();
    }

    private void load(ModelLifecycle lifecycle, Optional<Duration> keep, boolean again, Deadline deadline)
            throws BackendException, InterruptedException {
        long start = residency.context().nanoTime();
        lifecycle.load(target().model(), new Wish(keep, need.context()), deadline);
        Duration took = Duration.ofNanos(residency.context().nanoTime() - start);
        residency.locked(() -> loaded(again, took));
    }

    /** Who is there in a larger context is not loaded again for a smaller one; nor does anybody fail for not being kept. */
    private void keep(ModelLifecycle lifecycle, Optional<Duration> keep, Deadline deadline)
            throws InterruptedException {
        try {
            lifecycle.load(target().model(), new Wish(keep, residency.locked(this::ownContext)), deadline);
        } catch (BackendException failed) {
            residency
                    .context()
                    .logger()
                    .log(
                            System.Logger.Level.INFO,
                            () -> "%s was not told how long to keep %s: %s"
                                    .formatted(
                                            target().backend(),
                                            target(),
                                            failed.failure().message()));
        }
    }

    private boolean isWideEnough() {
        return books.holding(target())
                .filter(there -> there.holds(need.context()))
                .isPresent();
    }

    private OptionalLong ownContext() {
        return books.holding(target()).map(Holding::context).orElse(OptionalLong.empty());
    }

    private void loaded(boolean again, Duration took) {
        books.sizes().learn(target(), took);
        books.turnover().loaded();
        if (again) {
            books.turnover().unloaded();
        }
    }

    /** A server that does not list what it was told to load is asked again before the next request. */
    private void arrived() {
        State state = looks.lists(target()).orElse(true) ? State.THERE : State.UNSURE;
        books.holding(target()).ifPresent(holding -> put(holding.as(state).asKept()));
        if (books.offers().swaps(target().backend())) {
            swapped();
        }
    }

    private void put(Holding there) {
        books.holdings().put(target(), there);
        if (!there.holds(need.context())) {
            books.sizes().mostContext(target(), there.context().orElse(0));
        }
    }

    /** The request makes its server put the model in the place of the one it has. */
    private void swapped() {
        moves.targets().stream()
                .filter(each -> each.backend().equals(target().backend()) && !each.equals(target()))
                .filter(each -> books.holding(each).isPresent())
                .forEach(books::unloaded);
        if (!moves.wasThere(target())) {
            books.turnover().loaded();
        }
    }
}
