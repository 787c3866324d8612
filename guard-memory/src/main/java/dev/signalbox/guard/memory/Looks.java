package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.ModelLifecycle.Resident;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the servers of a machine what they have loaded, while one model there is made ready. For the thread that does that. */
final class Looks {

    /** How long a server may take to say what it has loaded. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Residency residency;
    private final Books books;
    private final Target wanted;
    private final Map<String, Set<String>> seen = new HashMap<>(); // models by backend, the last time; residency's lock

    Looks(Residency residency, Books books, Target wanted) {
        this.residency = residency;
        this.books = books;
        this.wanted = wanted;
    }

    /**
     * Asks every server there that can tell.
     *
     * @throws BackendException if the server of the wanted model does not
     */
    void look(HostView view, Deadline deadline) throws BackendException, InterruptedException {
        for (String backend : view.backends()) {
            Optional<ModelLifecycle> lifecycle = view.lifecycle(backend);
            if (lifecycle.isPresent()) {
                look(backend, lifecycle.get(), deadline);
            }
        }
    }

    private void look(String backend, ModelLifecycle lifecycle, Deadline deadline)
            throws BackendException, InterruptedException {
        try {
            List<Resident> residents = lifecycle.residents(deadline.within(PATIENCE));
            residency.locked(() -> saw(backend, residents));
        } catch (BackendException failed) {
            residency.locked(() -> sawNothing(backend, failed));
            if (backend.equals(wanted.backend())) {
                throw failed;
            }
        }
    }

    private void saw(String backend, List<Resident> residents) {
        seen.put(backend, residents.stream().map(Resident::model).collect(Collectors.toSet()));
        books.seen(backend, residents);
    }

    private void sawNothing(String backend, BackendException failed) {
        if (failed.kind() == FailureKind.UNREACHABLE) {
            seen.put(backend, Set.of());
            books.gone(backend);
        } else {
            seen.remove(backend);
            books.unheard(backend);
        }
    }

    /** Whether its server listed a model the last time; empty if it was not asked or did not tell. Residency's lock. */
    Optional<Boolean> lists(Target target) {
        return Optional.ofNullable(seen.get(target.backend())).map(there -> there.contains(target.model()));
    }
}
