package dev.signalbox.core;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Alias;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.core.config.EngineSettings;
import dev.signalbox.core.config.GateSettings;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.config.Use;
import dev.signalbox.core.engine.Engine;
import dev.signalbox.core.engine.SystemTime;
import dev.signalbox.core.engine.Time;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Makes a router by code, from a configuration, or both: what code sets beats the file. For one thread; every problem is
 * told at once by {@link #build}.
 */
public final class RouterBuilder {

    private final Problems problems = new Problems();
    private final List<PluginFactory<?>> factories = new ArrayList<>();
    private final List<RouterListener> listeners = new ArrayList<>();
    private final List<Consumer<Draft>> changes = new ArrayList<>();
    private final List<Consumer<Draft>> names = new ArrayList<>(); // made last: they may name what is said later
    private Optional<Plugins> plugins = Optional.empty();
    private Optional<Configuration> configuration = Optional.empty();
    private Optional<Time> time = Optional.empty();

    RouterBuilder() {}

    /** The plugins it may use beside those given with a backend; without this, all that are discovered. */
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
        changes.add(draft -> {
            ProfileBuilder profile = new ProfileBuilder(key(name), draft.plugins, draft.problems);
            says.accept(profile);
            draft.profiles.put(key(name), profile.build());
        });
        return this;
    }

    /** A name or pattern that clients may write in {@code model}, and the profile or target it means. */
    public RouterBuilder alias(String name, String use) {
        names.add(
                draft -> draft.aliases.add(new Alias(new Glob(name.strip()), draft.use("aliases." + name, use), true)));
        return this;
    }

    /** The profile or target that takes what nothing else decides. */
    public RouterBuilder defaultTo(String use) {
        names.add(draft -> draft.fallbackUse = Optional.of(draft.use("default", use)));
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
        changes.add(draft -> draft.gates.put(name, new GateSettings(name, List.of(of), places, queue)));
        return this;
    }

    /** A guard that is given by hand, with options set on its defaults. */
    public RouterBuilder guard(GuardFactory factory, UnaryOperator<PluginConfig> options) {
        factories.add(factory);
        changes.add(draft -> draft.guards.put(
                factory.type(),
                checked(
                        options.apply(PluginConfig.of(factory.options(), Where.code("guards." + factory.type()))),
                        draft.problems)));
        return this;
    }

    /** Somebody who is told what happens; closed with the router. */
    public RouterBuilder listener(RouterListener listener) {
        listeners.add(listener);
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
        Draft draft = new Draft(usable, problems, configuration.map(written -> written.settings(usable)));
        changes.forEach(change -> change.accept(draft));
        names.forEach(name -> name.accept(draft));
        Settings settings = draft.settings();
        draft.check(settings);
        problems.throwIfAny();
        return new Router(new Engine(settings, usable, listeners, time.orElseGet(SystemTime::new)));
    }

    private Plugins usable() {
        Plugins given = Plugins.of(factories.toArray(PluginFactory<?>[]::new));
        return plugins.or(() -> factories.isEmpty() ? Optional.of(Plugins.discovered()) : Optional.empty())
                .map(found -> found.and(given))
                .orElse(given);
    }

    static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static PluginConfig checked(PluginConfig config, Problems problems) {
        config.check(problems);
        return config;
    }

    /** Settings while they are being said. */
    private static final class Draft {

        private final Plugins plugins;
        private final Problems problems;
        private final SequencedMap<String, BackendSettings> backends = new LinkedHashMap<>();
        private final SequencedMap<String, GateSettings> gates = new LinkedHashMap<>();
        private final SequencedMap<String, Profile> profiles = new LinkedHashMap<>();
        private final List<Alias> aliases = new ArrayList<>();
        private final SequencedMap<String, PluginConfig> guards = new LinkedHashMap<>();
        private final Optional<Settings> written;
        private Optional<Use> fallbackUse = Optional.empty();

        Draft(Plugins plugins, Problems problems, Optional<Settings> written) {
            this.plugins = plugins;
            this.problems = problems;
            this.written = written;
            written.ifPresent(settings -> {
                backends.putAll(settings.backends());
                gates.putAll(settings.gates());
                profiles.putAll(settings.profiles());
                guards.putAll(settings.guards());
                fallbackUse = settings.fallbackUse();
            });
        }

        void backend(String name, String type, UnaryOperator<PluginConfig> options) {
            Where where = Where.code("backends." + name);
            Optional<BackendFactory> factory = plugins.backend(type);
            if (factory.isEmpty()) {
                problems.add(where, plugins.missing(BackendFactory.class, type));
                return;
            }
            PluginConfig config =
                    checked(options.apply(PluginConfig.of(factory.get().options(), where)), problems);
            backends.put(name, BackendSettings.of(name, type, config));
        }

        void models(String name, ModelInfo... models) {
            BackendSettings backend = backends.get(name);
            if (backend == null) {
                problems.unknown(Where.code("backends." + name), "a backend", name, backends.keySet());
                return;
            }
            SequencedMap<String, ModelInfo> all = new LinkedHashMap<>(backend.models());
            Arrays.stream(models).forEach(model -> all.put(model.name(), model));
            backends.put(name, backend.withModels(all));
        }

        Use use(String path, String name) {
            if (profiles.containsKey(key(name))) {
                return new Use.ToProfile(key(name));
            }
            int slash = name.indexOf('/');
            if (slash > 0 && slash < name.length() - 1 && backends.containsKey(name.substring(0, slash))) {
                return new Use.ToTarget(Target.of(name));
            }
            problems.unknown(Where.code(path), "a profile or target", name, profiles.keySet());
            return new Use.ToProfile(name);
        }

        /** What code said stands before what was written, so that it is asked first. */
        Settings settings() {
            written.ifPresent(settings -> aliases.addAll(settings.aliases()));
            return new Settings(
                    backends,
                    gates,
                    profiles,
                    aliases,
                    written.map(Settings::rules).orElse(List.of()),
                    written.map(Settings::modes).orElse(Map.of()),
                    fallbackUse,
                    guards,
                    written.map(Settings::listeners).orElseGet(LinkedHashMap::new),
                    written.flatMap(Settings::ledger),
                    written.map(Settings::engine).orElse(EngineSettings.DEFAULT));
        }

        void check(Settings settings) {
            settings.profiles()
                    .values()
                    .forEach(profile -> profile.targets().stream()
                            .filter(target -> !settings.backends().containsKey(target.backend()))
                            .forEach(target -> problems.unknown(
                                    Where.code("profiles." + profile.name()),
                                    "a configured backend",
                                    target.backend(),
                                    settings.backends().keySet())));
        }
    }
}
