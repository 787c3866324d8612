package dev.signalbox.server.cli;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.Support;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The first model that may chat: the best guess at a default. */
final class FirstModel {

    /** How long lists of models are waited for. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private FirstModel() {}

    /**
     * That of the first server that has one, in the order in which they were found, so that the same machine has the same
     * default each time; of those that answer in time. Empty if there is none.
     */
    static String of(FoundConfiguration found, Plugins plugins) throws InterruptedException {
        try (Router router = Router.builder()
                .plugins(plugins)
                .configuration(found.configuration(""))
                .build()) {
            long end = System.nanoTime() + LIMIT.toNanos();
            Set<String> backends = found.backends().keySet();
            Optional<String> first = sure(router.models(), router.changes(), backends);
            while (first.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(PAUSE);
                first = sure(router.models(), router.changes(), backends);
            }
            return first.or(() -> of(router.models())).orElse("");
        }
    }

    /**
     * The first of these names that leads somewhere, unless a backend before it has yet to say what it has.
     *
     * @param changes what has been learned of backends so far
     * @param backends all of them, in the order of the names
     */
    static Optional<String> sure(List<ModelEntry> models, List<RouterEvent> changes, Collection<String> backends) {
        Set<String> said = changes.stream()
                .filter(RouterEvent.BackendChanged.class::isInstance)
                .map(change -> ((RouterEvent.BackendChanged) change).backend())
                .collect(Collectors.toSet());
        for (String backend : backends) {
            List<ModelEntry> its = models.stream()
                    .filter(entry -> entry.backend().equals(backend))
                    .toList();
            Optional<String> first = of(its);
            if (first.isPresent() || (its.isEmpty() && !said.contains(backend))) {
                return first;
            }
        }
        return Optional.empty();
    }

    /** The first of these names that leads somewhere; empty if there is none. */
    static Optional<String> of(List<ModelEntry> models) {
        return models.stream()
                .filter(entry -> !entry.backend().isEmpty())
                .filter(entry -> entry.target().support(Capability.CHAT) != Support.NO)
                .map(ModelEntry::id)
                .findFirst();
    }
}
