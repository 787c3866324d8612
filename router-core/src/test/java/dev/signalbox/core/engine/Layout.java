package dev.signalbox.core.engine;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Alias;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.core.config.Condition;
import dev.signalbox.core.config.EngineSettings;
import dev.signalbox.core.config.GateSettings;
import dev.signalbox.core.config.Limits;
import dev.signalbox.core.config.ModelTable;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Retry;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.config.Tasks;
import dev.signalbox.core.config.Use;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Settings in the making. For one thread; what was made of it does not change with it. */
final class Layout {

    private final SequencedMap<String, BackendSettings> backends = new LinkedHashMap<>();
    private final SequencedMap<String, GateSettings> gates = new LinkedHashMap<>();
    private final SequencedMap<String, Profile> profiles = new LinkedHashMap<>();
    private final SequencedMap<String, PluginConfig> guards = new LinkedHashMap<>();
    private final SequencedMap<String, Settings.Named> classifiers = new LinkedHashMap<>();
    private final SequencedMap<String, PluginConfig> listeners = new LinkedHashMap<>();
    private Optional<Settings.Named> ledger = Optional.empty();
    private Optional<Tasks> tasks = Optional.empty();
    private final List<Alias> aliases = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> modes = new HashMap<>();
    private Optional<Use> fallback = Optional.empty();
    private EngineSettings.UnknownModel unknownModel = EngineSettings.DEFAULT.unknownModel();
    private Duration probeEvery = EngineSettings.DEFAULT.probeEvery();
    private Duration probeTimeout = EngineSettings.DEFAULT.probeTimeout();
    private ModelTable table = EngineSettings.DEFAULT.table();
    private EngineSettings.Expose expose = EngineSettings.DEFAULT.expose();
    private int traces = EngineSettings.DEFAULT.traces();

    /** A backend of the type {@code fake}, said to have these models; one without any has what its probe lists. */
    Layout backend(String name, String... models) {
        return backend(name, backend -> backend, models);
    }

    Layout backend(String name, UnaryOperator<BackendSettings> change, String... models) {
        SequencedMap<String, ModelInfo> said = new LinkedHashMap<>();
        Arrays.stream(models).forEach(model -> said.put(model, ModelInfo.named(model)));
        PluginConfig options = PluginConfig.of(List.of(FakeBackends.TAG), Where.code("backends." + name));
        backends.put(
                name, change.apply(BackendSettings.of(name, "fake", options).withModels(said)));
        return this;
    }

    /** The same backend with another value of its one option, so that it has to be made anew. */
    Layout tag(String backend, String tag) {
        BackendSettings old = backends.get(backend);
        backends.put(backend, changed(old, old.settings().with(FakeBackends.TAG, tag), old.anyModel(), old.host()));
        return this;
    }

    static UnaryOperator<BackendSettings> anyModel() {
        return old -> changed(old, old.settings(), true, old.host());
    }

    static UnaryOperator<BackendSettings> host(String host) {
        return old -> changed(old, old.settings(), old.anyModel(), Optional.of(host));
    }

    static UnaryOperator<BackendSettings> models(ModelInfo... models) {
        SequencedMap<String, ModelInfo> said = new LinkedHashMap<>();
        Arrays.stream(models).forEach(model -> said.put(model.name(), model));
        return old -> old.withModels(said);
    }

    private static BackendSettings changed(
            BackendSettings old, PluginConfig settings, boolean anyModel, Optional<String> host) {
        return new BackendSettings(
                old.name(),
                old.type(),
                settings,
                old.models(),
                old.capabilities(),
                anyModel,
                host,
                old.systemPrompts(),
                old.midSystem(),
                old.manner(),
                old.linger());
    }

    Layout without(String backend) {
        backends.remove(backend);
        return this;
    }

    Layout gate(String name, int places, int queue, String... of) {
        gates.put(name, new GateSettings(name, List.of(of), places, queue));
        return this;
    }

    Layout profile(String name, String... targets) {
        return profile(name, profile -> {}, targets);
    }

    Layout profile(String name, Consumer<ProfileDraft> change, String... targets) {
        List<Profile.Entry> chain = Arrays.stream(targets)
                .<Profile.Entry>map(target -> new Profile.Entry.One(Target.of(target)))
                .toList();
        ProfileDraft draft = new ProfileDraft();
        change.accept(draft);
        profiles.put(name, draft.profile(name, chain));
        return this;
    }

    /** A profile of one pool, ordered by a selector of that type. */
    Layout pool(String name, String selector, String... targets) {
        List<Profile.Entry.Member> members = Arrays.stream(targets)
                .map(target -> new Profile.Entry.Member(Target.of(target), PluginConfig.empty()))
                .toList();
        Profile.Entry pool = new Profile.Entry.Pool(members, Optional.of(selector), PluginConfig.empty());
        profiles.put(name, Profile.of(name, List.of(pool)));
        return this;
    }

    static Consumer<ProfileDraft> limits(Limits limits) {
        return profile -> profile.limits = limits;
    }

    static Consumer<ProfileDraft> fallBackOn(FailureKind... kinds) {
        return profile -> profile.fallBackOn = Set.of(kinds);
    }

    static Consumer<ProfileDraft> attempts(int most) {
        return profile -> profile.attempts = most;
    }

    static Consumer<ProfileDraft> priority(Priority priority) {
        return profile -> profile.priority = Optional.of(priority);
    }

    static Consumer<ProfileDraft> retry(Retry retry) {
        return profile -> profile.retry = retry;
    }

    static Consumer<ProfileDraft> on(FailureKind kind, String other) {
        return profile -> profile.on = Map.of(kind, other);
    }

    static Consumer<ProfileDraft> noSpill() {
        return profile -> profile.spill = false;
    }

    /** The default limits but for one. */
    static Limits waiting(Duration time) {
        Limits all = Limits.DEFAULT;
        return new Limits(all.total(), time, all.firstContent(), all.idle(), all.maxOvertaken());
    }

    static Limits total(Duration time) {
        Limits all = Limits.DEFAULT;
        return new Limits(time, all.waiting(), all.firstContent(), all.idle(), all.maxOvertaken());
    }

    Layout alias(String name, String use) {
        return alias(name, use, true);
    }

    Layout alias(String name, String use, boolean fallback) {
        aliases.add(new Alias(new Glob(name), use(use), fallback, Optional.empty()));
        return this;
    }

    Layout alias(String name, String use, Priority priority) {
        aliases.add(new Alias(new Glob(name), use(use), true, Optional.of(priority)));
        return this;
    }

    Layout nowhere(String name) {
        aliases.add(Alias.of(name, new Use.Nowhere()));
        return this;
    }

    /** A rule by what a classifier says, which is of the type of its name. */
    Layout classify(String classifier, Map<String, String> into) {
        SequencedMap<String, Use> uses = new LinkedHashMap<>();
        into.forEach((name, to) -> uses.put(name, use(to)));
        classifiers.put(classifier, new Settings.Named(classifier, PluginConfig.empty()));
        rules.add(new Rule.ByClass("rule " + (rules.size() + 1), classifier, uses));
        return this;
    }

    Layout rule(Matcher matcher, String use) {
        return rule(matcher, use, false);
    }

    Layout rule(Matcher matcher, String use, boolean always) {
        rules.add(new Rule.If("rule " + (rules.size() + 1), new Condition.Matches("test", matcher), use(use), always));
        return this;
    }

    Layout guard(String type, String tag) {
        guards.put(type, tagged("guards." + type, tag));
        return this;
    }

    Layout listener(String type, String tag) {
        listeners.put(type, tagged("listeners." + type, tag));
        return this;
    }

    Layout withoutListener(String type) {
        listeners.remove(type);
        return this;
    }

    Layout ledger(String type, String tag) {
        ledger = Optional.of(new Settings.Named(type, tagged("ledger", tag)));
        return this;
    }

    Layout withoutLedger() {
        ledger = Optional.empty();
        return this;
    }

    private static PluginConfig tagged(String path, String tag) {
        return PluginConfig.of(List.of(FakeBackends.TAG), Where.code(path)).with(FakeBackends.TAG, tag);
    }

    Layout table(Path file) {
        table = ModelTable.read(file, new Problems());
        return this;
    }

    Layout probing(Duration every, Duration limit) {
        probeEvery = every;
        probeTimeout = limit;
        return this;
    }

    Layout tasks(Tasks said) {
        tasks = Optional.of(said);
        return this;
    }

    Layout mode(String name, String profile) {
        modes.put(name, profile);
        return this;
    }

    Layout defaultTo(String use) {
        fallback = Optional.of(use(use));
        return this;
    }

    Layout unknownModel(EngineSettings.UnknownModel unknown) {
        unknownModel = unknown;
        return this;
    }

    Layout expose(EngineSettings.Expose told) {
        expose = told;
        return this;
    }

    Layout traces(int most) {
        traces = most;
        return this;
    }

    private static Use use(String name) {
        return name.contains("/") ? new Use.ToTarget(Target.of(name)) : new Use.ToProfile(name);
    }

    Settings settings() {
        return new Settings(
                backends,
                gates,
                profiles,
                aliases,
                rules,
                modes,
                fallback,
                guards,
                classifiers,
                listeners,
                ledger,
                tasks,
                new EngineSettings(unknownModel, probeEvery, probeTimeout, table, expose, traces, Optional.empty()));
    }
}
