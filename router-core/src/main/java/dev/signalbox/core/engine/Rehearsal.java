package dev.signalbox.core.engine;

import dev.signalbox.api.Deadline;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.plugin.Making;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Preparation;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Routing;
import dev.signalbox.spi.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes plugins and closes them again, to hear what they have against their options that no option tells by itself: a
 * file that cannot be read, a header that cannot be sent. They open nothing by being made.
 */
public final class Rehearsal {

    private final Problems problems;

    private Rehearsal(Problems problems) {
        this.problems = problems;
    }

    /**
     * Notes what plugins have against these settings. A plugin of whose options something is noted already is not made: what
     * it had to say might only follow from that.
     */
    public static void of(Settings settings, Plugins plugins, Problems problems) {
        Rehearsal rehearsal = new Rehearsal(problems);
        settings.backends()
                .values()
                .forEach(one -> rehearsal.make(plugins.backend(one.type()), one.settings(), one.name()));
        settings.classifiers()
                .forEach((name, one) -> rehearsal.make(plugins.classifier(one.type()), one.settings(), name));
        settings.listeners().forEach((type, config) -> rehearsal.make(plugins.listener(type), config, type));
    }

    private void make(Optional<? extends PluginFactory<?>> factory, PluginConfig config, String name) {
        if (anyIn(config.where())) {
            return;
        }
        try {
            if (factory.isPresent()
                    && Making.of(factory.get(), config, new Nobody(name)) instanceof AutoCloseable made) {
                Quietly.close(name, made);
            }
        } catch (ConfigurationException wrong) {
            wrong.problems().forEach(problem -> problems.add(problem.where(), problem.message()));
        }
    }

    private boolean anyIn(Where place) {
        return problems.list().stream()
                .map(Problems.Problem::where)
                .anyMatch(where ->
                        where.file().equals(place.file()) && where.path().startsWith(place.path() + "."));
    }

    /** What is lent where there is no router. */
    private record Nobody(String name) implements PluginContext {

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public System.Logger logger() {
            return new Slf4jLogger("dev.signalbox.plugin." + name);
        }

        @Override
        public Task schedule(Duration every, Runnable task) {
            return () -> {};
        }

        @Override
        public Task once(Duration after, Runnable task) {
            return () -> {};
        }

        @Override
        public List<HostView> hosts() {
            return List.of();
        }

        @Override
        public void prepare(String host, Preparation preparation, Deadline deadline) {
            throw new IllegalStateException("not while a plugin is being made");
        }

        @Override
        public void askAgain() {
            // nobody waits
        }

        @Override
        public Optional<Ledger> ledger() {
            return Optional.empty();
        }

        @Override
        public Path stateFolder() {
            return StateFolder.usual();
        }

        @Override
        public void publish(Report report) {
            // nobody looks
        }

        @Override
        public void tell(RouterEvent event) {
            // nobody listens
        }

        @Override
        public Routing router() {
            throw new IllegalStateException("not while a plugin is being made");
        }
    }
}
