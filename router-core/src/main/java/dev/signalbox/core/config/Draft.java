package dev.signalbox.core.config;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Settings while code says them, on top of what was written: what code says beats it, and is held to the same rules by
 * the same readers. For one thread.
 */
public final class Draft {

    private final Reading reading;
    private final ConfigNode.Table root;
    private final Settings written;
    private final Set<String> said = new HashSet<>();
    private final SequencedMap<String, BackendSettings> backends;
    private final SequencedMap<String, GateSettings> gates;
    private final SequencedMap<String, Profile> profiles;
    private final SequencedMap<String, PluginConfig> guards;
    private final SequencedMap<String, Settings.Named> classifiers;
    private final Map<String, String> modes;
    private final List<RuleByCode> rules = new ArrayList<>();
    private final List<Map.Entry<String, ConfigNode>> aliases = new ArrayList<>();
    private Optional<Use> fallbackUse;
    private Optional<Tasks> tasks;
    private Optional<Path> stateFolder = Optional.empty();

    /**
     * Begins with what was written.
     *
     * @param problems takes everything that is wrong; the settings are to be used only if nothing was
     * @param foreign the names of sections that somebody else reads
     * @param byCode the names that code will give, so that what was written may use them
     */
    public Draft(Plugins plugins, Problems problems, ConfigNode.Table root, Set<String> foreign, Names byCode) {
        this.reading = Reading.of(plugins, problems, root, byCode);
        this.root = root;
        this.written = SettingsReader.read(root, foreign, reading, byCode);
        this.backends = new LinkedHashMap<>(written.backends());
        this.gates = new LinkedHashMap<>(written.gates());
        this.profiles = new LinkedHashMap<>(written.profiles());
        this.guards = new LinkedHashMap<>(written.guards());
        this.classifiers = new LinkedHashMap<>(written.classifiers());
        this.modes = new HashMap<>(written.modes());
        this.fallbackUse = written.fallbackUse();
        this.tasks = written.tasks();
    }

    /**
     * The names that code gives.
     *
     * @param backends of backends
     * @param profiles of profiles, in lower case
     * @param aliases of aliases, patterns among them
     * @param classifiers of classifiers
     */
    public record Names(Set<String> backends, Set<String> profiles, Set<String> aliases, Set<String> classifiers) {

        /** Code says nothing. */
        public static final Names NONE = new Names(Set.of(), Set.of(), Set.of(), Set.of());

        public Names {
            backends = Set.copyOf(backends);
            profiles = Set.copyOf(profiles);
            aliases = Set.copyOf(aliases);
            classifiers = Set.copyOf(classifiers);
        }
    }

    /** A rule that is read when everything it may name has been said. */
    private record RuleByCode(Where where, Function<RuleDraft, Optional<Rule>> reading) {}

    /** A backend, with options set on its type's defaults. */
    public void backend(String name, String type, UnaryOperator<PluginConfig> options) {
        Where where = once("backends." + name);
        reading.requireName(where, "backend", name);
        new BackendReading(reading)
                .factory(where, type)
                .ifPresent(factory -> backends.put(name, BackendSettings.of(name, type, of(factory, where, options))));
    }

    private PluginConfig of(BackendFactory factory, Where where, UnaryOperator<PluginConfig> options) {
        return checked(options.apply(PluginConfig.of(factory.options(), where)));
    }

    /** What a backend offers, beside what was said of it before. */
    public void models(String name, ModelInfo... models) {
        Where where = Where.code("backends." + name);
        if (!reading.backends().contains(name)) {
            reading.problems().unknown(where, "a backend", name, reading.backends());
        }
        Arrays.stream(models)
                .forEach(model -> check(model, where.child("models").child(model.name())));
        backends.computeIfPresent(name, (same, backend) -> {
            SequencedMap<String, ModelInfo> all = new LinkedHashMap<>(backend.models());
            Arrays.stream(models).forEach(model -> all.put(model.name(), model));
            return backend.withModels(all);
        });
    }

    private void check(ModelInfo model, Where where) {
        PluginConfig config = PluginConfig.of(BackendOptions.MODEL.members(), where);
        if (model.contextTokens().isPresent()) {
            config = config.withPresent(
                    BackendOptions.CONTEXT, model.contextTokens().getAsLong());
        }
        if (model.memoryBytes().isPresent()) {
            config = config.withPresent(
                    BackendOptions.MEMORY, model.memoryBytes().getAsLong());
        }
        checked(config);
    }

    /** A profile; its chain is read as if it had been written. */
    public void profile(String name, UnaryOperator<PluginConfig> options) {
        Where where = once("profiles." + name);
        reading.requireName(where, "profile", name);
        PluginConfig config = checked(options.apply(PluginConfig.of(ProfileOptions.ALL, where)));
        Profile profile = new ProfileReading(reading, new ChainReading(reading)).profile(name, config, where);
        profiles.put(name, profile);
    }

    /** A name or pattern, and the profile or target it means. */
    public void alias(String name, String use) {
        aliases.add(Map.entry(name, new ConfigNode.Text(Where.code("aliases." + name.strip()), use)));
    }

    /** The profile or target for what nothing else decides. */
    public void fallback(String use) {
        fallbackUse = reading.anyUse(new ConfigNode.Text(Where.code("default"), use));
    }

    /** What the header {@code X-Signalbox-Mode} may say, and the profile it means. */
    public void mode(String name, String profile) {
        Where where = once("modes." + name);
        if (!reading.profiles().contains(Reading.key(profile))) {
            reading.problems().unknown(where, "a profile", profile, reading.profiles());
        }
        modes.put(name, Reading.key(profile));
    }

    /** A classifier, with options set on its type's defaults. */
    public void classifier(String name, String type, UnaryOperator<PluginConfig> options) {
        Where where = once("classifiers." + name);
        Optional<ClassifierFactory> factory = reading.plugins().classifier(type);
        if (factory.isEmpty()) {
            reading.problems().add(where, reading.plugins().missing(ClassifierFactory.class, type));
            return;
        }
        PluginConfig config = PluginConfig.of(factory.get().options(), where);
        classifiers.put(name, new Settings.Named(type, checked(options.apply(config))));
    }

    /** Who does which task. */
    public void tasks(ConfigNode said) {
        once("tasks");
        tasks = new TaskReading(reading).read(said);
    }

    /** Where that is kept which has to outlive the process. */
    public void stateFolder(Path folder) {
        stateFolder = Optional.of(folder);
    }

    /** A rule; read when everything that it may name has been said. */
    public void rule(Function<RuleDraft, Optional<Rule>> says) {
        rules.add(new RuleByCode(Where.code("rules[%d]".formatted(rules.size() + 1)), says));
    }

    /** Places in front of backends or targets. */
    public void gate(String name, int places, int queue, List<String> of) {
        Where where = once("gates." + name);
        PluginConfig config = PluginConfig.of(RouterOptions.GATE, where)
                .with(RouterOptions.GATE_OF, of)
                .with(RouterOptions.PLACES, (long) places)
                .with(RouterOptions.QUEUE, (long) queue);
        gates.put(name, new GateReading(reading).gate(name, checked(config)));
    }

    /** A guard, with options set on its type's defaults. */
    public void guard(GuardFactory factory, UnaryOperator<PluginConfig> options) {
        Where where = once("guards." + factory.type());
        guards.put(factory.type(), checked(options.apply(PluginConfig.of(factory.options(), where))));
    }

    /** All that was said. What code said stands before what was written, so that it is asked first. */
    public Settings settings() {
        Roads.check(profiles, places(), reading.problems());
        new GuardFit(reading).check(guards, profiles.values());
        List<Rule> all = new ArrayList<>(rulesByCode());
        all.addAll(written.rules());
        List<Alias> named = new ArrayList<>(new NameReading(reading).aliases(aliases));
        named.addAll(written.aliases());
        return new Settings(
                backends,
                gates,
                profiles,
                named,
                all,
                modes,
                fallbackUse,
                guards,
                classifiers,
                written.listeners(),
                written.ledger(),
                tasks,
                stateFolder.map(written.engine()::keepingIn).orElse(written.engine()));
    }

    private List<Rule> rulesByCode() {
        RuleReading reader = new RuleReading(reading, RuleReading.classes(reading, classifiers.keySet(), classifiers));
        List<Rule> read = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            RuleDraft draft = new RuleDraft(
                    reader, "rule %d by code".formatted(i + 1), rules.get(i).where());
            rules.get(i).reading().apply(draft).ifPresent(read::add);
        }
        return read;
    }

    /** Where all of that was said. */
    public Places places() {
        List<Where> ruled =
                new ArrayList<>(rules.stream().map(RuleByCode::where).toList());
        ruled.addAll(placesIn(RouterOptions.RULES.name()));
        List<Where> named = new ArrayList<>();
        aliases.forEach(alias -> named.add(alias.getValue().where()));
        named.addAll(placesIn(RouterOptions.ALIASES.name()));
        return new Places(root, said, ruled, named);
    }

    private List<Where> placesIn(String section) {
        return switch (root.members().get(section)) {
            case ConfigNode.Sequence list ->
                list.items().stream().map(ConfigNode::where).toList();
            case ConfigNode.Table table ->
                table.members().values().stream().map(ConfigNode::where).toList();
            case ConfigNode.Text text -> List.of(text.where());
            case null -> List.of();
        };
    }

    /** A place where code says something, which it may do once. */
    private Where once(String path) {
        Where where = Where.code(path);
        if (!said.add(path)) {
            reading.problems().add(where, "said twice by code. Keep one");
        }
        return where;
    }

    private PluginConfig checked(PluginConfig config) {
        config.check(reading.problems());
        new References(reading).check(config);
        return config;
    }
}
