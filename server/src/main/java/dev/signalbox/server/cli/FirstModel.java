package dev.signalbox.server.cli;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.Support;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The first model that may chat: the best guess at a default. */
final class FirstModel {

    /** How long lists of models are waited for. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private FirstModel() {}

    /** That of the servers that were found, as soon as it is known; empty if there is none in time. */
    static String of(FoundConfiguration found, Plugins plugins) throws InterruptedException {
        try (Router router = Router.builder()
                .plugins(plugins)
                .configuration(found.configuration(""))
                .build()) {
            long end = System.nanoTime() + LIMIT.toNanos();
            Optional<String> first = of(router.models());
            while (first.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(PAUSE);
                first = of(router.models());
            }
            return first.orElse("");
        }
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
