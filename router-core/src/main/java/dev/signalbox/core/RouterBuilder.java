package dev.signalbox.core;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.core.config.Draft;
import dev.signalbox.core.config.Places;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.engine.Engine;
import dev.signalbox.core.engine.Rehearsal;
import dev.signalbox.core.engine.SystemTime;
import dev.signalbox.core.engine.Time;
import dev.signalbox.core.lint.Lint;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.RouterListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Makes a router by code, from a configuration, or both: what code sets beats the file. For one thread; every problem is
 * told at once by {@link #build}.
 */
public final class RouterBuilder {

    private final List<PluginFactory<?>> factories = new ArrayList<>();
    private final List<RouterListener> listeners = new ArrayList<>();
    private final List<Consumer<Draft>> changes = new ArrayList<>();
    private final Set<String> backends = new LinkedHashSet<>();
    private final Set<String> profiles = new LinkedHashSet<>();
    private final Set<String> aliases = new LinkedHashSet<>();
    private final Set<String> classifiers = new LinkedHashSet<>();
    private Optional<Plugins> plugins = Optional.empty();
    private Optional<Configuration> configuration = Optional.empty();
    private Optional<Time> time = Optional.empty();

    RouterBuilder() {}

    /** The plugins it may use beside those given by hand; without this, all that are discovered if none is given. */
    public RouterBuilder plugins(Plugins usable) {
        plugins = Optional.of(usable);
        return this;
    }

    /** Begins with what a configuration says. */
    public RouterBuilder configuration(Configuration written) {
        configuration = Optional.of(written);
        return this;
    }

    /** A backend of a type that is given by hand, with options set on its defaults. */
    public RouterBuilder backend(String name, BackendFactory factory, UnaryOperator<PluginConfig> options) {
        factories.add(factory);
        return backend(name, factory.type(), options);
    }

    /** A backend of a type that the plugins bring, with options set on its defaults. */
    public RouterBuilder backend(String name, String type, UnaryOperator<PluginConfig> options) {
        backends.add(name);
        changes.add(draft -> draft.backend(name, type, options));
        return this;
    }

    /** Says what a backend offers, whether or not it lists it. */
    public RouterBuilder models(String backend, ModelInfo... models) {
        changes.add(draft -> draft.models(backend, models));
        return this;
    }

    /** A profile that tries these targets in order. */
    public RouterBuilder profile(String name, String... targets) {
        return profile(name, profile -> profile.targets(targets));
    }

    /** A profile. */
    public RouterBuilder profile(String name, Consumer<ProfileBuilder> says) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        profiles.add(key);
        changes.add(draft -> {
            ProfileBuilder profile = new ProfileBuilder(key);
            says.accept(profile);
            draft.profile(key, profile::on);
        });
        return this;
    }

    /** A name or pattern that clients may write in {@code model}, and the profile or target it means. */
    public RouterBuilder alias(String name, String use) {
        aliases.add(name);
        changes.add(draft -> draft.alias(name, use));
        return this;
    }

    /** What the header {@code X-Signalbox-Mode} may say, and the profile it means. */
    public RouterBuilder mode(String name, String profile) {
        changes.add(draft -> draft.mode(name, profile));
        return this;
    }

    /** Where requests go that fit. Rules are asked in the order they are said, those of a file after them. */
    public RouterBuilder rule(RouteRule rule) {
        changes.add(draft -> draft.rule(rule::read));
        return this;
    }

    /** A classifier for {@link RouteRule#classify}, of a type that is given by hand, with options set on its defaults. */
    public RouterBuilder classifier(String name, ClassifierFactory factory, UnaryOperator<PluginConfig> options) {
        factories.add(factory);
        return classifier(name, factory.type(), options);
    }

    /** A classifier for {@link RouteRule#classify}, of a type that the plugins bring. */
    public RouterBuilder classifier(String name, String type, UnaryOperator<PluginConfig> options) {
        classifiers.add(name);
        changes.add(draft -> draft.classifier(name, type, options));
        return this;
    }

    /** Who does which task; all of it instead of what a file says of tasks. */
    public RouterBuilder tasks(Consumer<TaskBuilder> says) {
        TaskBuilder tasks = new TaskBuilder();
        says.accept(tasks);
        changes.add(draft -> draft.tasks(tasks.node()));
        return this;
    }

    /** The profile or target that takes what nothing else decides. */
    public RouterBuilder defaultTo(String use) {
        changes.add(draft -> draft.fallback(use));
        return this;
    }

    /**
     * Places in front of backends or targets.
     *
     * @param places how many requests may be past it at once
     * @param queue how many may wait for it
     * @param of names of backends, or targets
     */
    public RouterBuilder gate(String name, int places, int queue, String... of) {
        changes.add(draft -> draft.gate(name, places, queue, List.of(of)));
        return this;
    }

    /** A guard that is given by hand, with options set on its defaults. */
    public RouterBuilder guard(GuardFactory factory, UnaryOperator<PluginConfig> options) {
        factories.add(factory);
        changes.add(draft -> draft.guard(factory, options));
        return this;
    }

    /** Somebody who is told what happens; closed with the router. */
    public RouterBuilder listener(RouterListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Where that is kept which has to outlive the process, such as a ledger, if one is used that is kept in a file. */
    public RouterBuilder stateFolder(Path folder) {
        changes.add(draft -> draft.stateFolder(folder));
        return this;
    }

    /** Another clock, for tests. */
    RouterBuilder time(Time other) {
        time = Optional.of(other);
        return this;
    }

    /**
     * The router, at work. Nothing is asked of any server before this returns, and none has to be there.
     *
     * @throws ConfigurationException if anything is wrong, telling all of it
     */
    public Router build() {
        Plugins usable = usable();
        Settings settings = said(usable, (all, places) -> all);
        try {
            return new Router(new Engine(settings, usable, listeners, time.orElseGet(SystemTime::new)));
        } catch (ConfigurationException first) {
            throw all(first, settings, usable);
        }
    }

    /** What every plugin has against its options, where the first to be made had something. */
    private static ConfigurationException all(ConfigurationException first, Settings settings, Plugins usable) {
        Problems problems = new Problems();
        first.problems().forEach(problem -> problems.add(problem.where(), problem.message()));
        Rehearsal.of(settings, usable, problems);
        return new ConfigurationException(problems.list());
    }

    /**
     * What {@link #build} would take and what would not do what it says: warnings before notes. Opens nothing.
     *
     * @throws ConfigurationException if anything is wrong, telling all of it
     */
    public List<Remark> remarks() {
        Plugins usable = usable();
        return said(usable, (all, places) -> Lint.of(all, places, usable));
    }

    /** Everything that was said, and where, if nothing is wrong with it. */
    private <T> T said(Plugins usable, BiFunction<Settings, Places, T> use) {
        Problems problems = new Problems();
        Draft draft = configuration
                .orElseGet(Configuration::empty)
                .draft(usable, problems, new Draft.Names(backends, profiles, aliases, classifiers));
        changes.forEach(change -> change.accept(draft));
        Settings settings = draft.settings();
        if (!problems.isEmpty()) {
            Rehearsal.of(settings, usable, problems);
        }
        problems.throwIfAny();
        return use.apply(settings, draft.places());
    }

    private Plugins usable() {
        Plugins given = Plugins.of(factories.toArray(PluginFactory<?>[]::new));
        return plugins.or(() -> factories.isEmpty() ? Optional.of(Plugins.discovered()) : Optional.empty())
                .map(found -> found.and(given))
                .orElse(given);
    }
}
