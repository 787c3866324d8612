package dev.signalbox.server.cli;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.Support;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import java.time.Duration;
import java.util.Optional;

/** The first model that may chat among the servers that were found: the best guess at a default. */
final class FirstModel {

    /** How long lists of models are waited for. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private FirstModel() {}

    /** The target, as soon as it is known; empty if there is none in time. */
    static String of(FoundConfiguration found, Plugins plugins) throws InterruptedException {
        try (Router router = Router.builder()
                .plugins(plugins)
                .configuration(found.configuration(""))
                .build()) {
            long end = System.nanoTime() + LIMIT.toNanos();
            Optional<String> first = first(router);
            while (first.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(PAUSE);
                first = first(router);
            }
            return first.orElse("");
        }
    }

    private static Optional<String> first(Router router) {
        return router.models().stream()
                .filter(entry -> entry.kind() == ModelEntry.Kind.TARGET)
                .filter(entry -> entry.target().support(Capability.CHAT) != Support.NO)
                .map(ModelEntry::id)
                .findFirst();
    }
}
