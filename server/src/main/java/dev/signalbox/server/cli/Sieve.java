package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps types of backends that fail out of what nobody has configured, so that the others are there all the same. Each is
 * told of once.
 */
final class Sieve {

    private static final Logger LOG = LoggerFactory.getLogger(Sieve.class);

    private final Plugins plugins;
    private final Consumer<String> warnings;
    private final Set<String> told = ConcurrentHashMap.newKeySet(); // types

    /**
     * One for these plugins.
     *
     * @param warnings told what is left out and why; on the thread that asks
     */
    Sieve(Plugins plugins, Consumer<String> warnings) {
        this.plugins = plugins;
        this.warnings = warnings;
    }

    /** One that writes what it tells into the log. */
    static Sieve logging(Plugins plugins) {
        return new Sieve(plugins, warning -> LOG.warn("{}", warning));
    }

    /** What a factory answers; empty if it fails to. */
    <T> Optional<T> ask(BackendFactory factory, Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError bug) {
            LOG.debug("A backend type that is left out.", bug);
            tell(factory.type(), plugins.broken(factory, bug));
            return Optional.empty();
        }
    }

    /** Whether a backend of that type can be made of these settings. */
    boolean passes(String type, Map<String, String> settings) {
        FoundConfiguration alone = new FoundConfiguration();
        alone.add(type, settings);
        Problems problems = new Problems();
        alone.configuration("").rehearse(plugins, problems);
        problems.list().forEach(problem -> tell(type, problem.message()));
        return problems.isEmpty();
    }

    private void tell(String type, String why) {
        if (told.add(type)) {
            warnings.accept("Backends of type %s are left out: %s".formatted(type, why));
        }
    }
}
