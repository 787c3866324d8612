package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import java.util.Optional;

/**
 * How models go for another one. For the thread that prepares.
 *
 * @param wanted the one that comes
 */
record Departure(Residency residency, Books books, Target wanted) {

    /**
     * Has a model unloaded; one whose server is not there, or cannot, is left for the next look to find.
     *
     * @throws BackendException if its server does not unload it
     */
    void of(Target target, HostView view, Deadline deadline) throws BackendException, InterruptedException {
        Optional<ModelLifecycle> lifecycle = view.lifecycle(target.backend());
        try {
            if (lifecycle.isPresent()) {
                lifecycle.get().unload(target.model(), deadline);
                residency.locked(() -> books.unloaded(target));
                return;
            }
        } catch (BackendException failed) {
            switch (failed.kind()) {
                case UNREACHABLE -> {
                    return; // it is gone with its server, as the next look shows
                }
                case UNSUPPORTED -> {} // it keeps what it has
                default -> throw keeps(target, failed);
            }
        }
        residency.locked(() -> books.servers().fix(target.backend())); // the next round plans around it
    }

    /** What another server does is not held against the one that is wanted, which waits until there is room. */
    private BackendException keeps(Target target, BackendException failed) {
        if (target.backend().equals(wanted.backend()) || failed.kind() == FailureKind.DEFECT) {
            return failed;
        }
        String message = "%s is in its place, and %s has not unloaded it: %s"
                .formatted(target, target.backend(), failed.failure().message());
        return new BackendException(Failure.of(FailureKind.LOADING, message), failed);
    }
}
