package dev.signalbox.core.engine;

import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.plugin.Making;
import dev.signalbox.core.room.Gate;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.ListenerFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A plan in the making: plugins whose settings are those of the plan before go on as they are and keep what they have
 * learnt, others are made anew. For one thread, once.
 */
final class PlanDraft {

    private final Engine engine;
    private final Plugins plugins;
    private final Settings settings;
    private final Optional<Plan> before;
    private final List<Shared> made = new ArrayList<>(); // and not handed over yet

    PlanDraft(Engine engine, Plugins plugins, Settings settings, Optional<Plan> before) {
        this.engine = engine;
        this.plugins = plugins;
        this.settings = settings;
        this.before = before;
    }

    /**
     * The plan; if anything fails, whatever was made for it is closed.
     *
     * @param given listeners that are told of everything, whatever the settings say
     */
    Plan plan(SequencedMap<String, Gate> gates, List<RouterListener> given) {
        try {
            List<ActiveListener> named = listeners();
            List<ActiveGuard> guards = guards();
            return new Plan(settings, members(), rules(), guards, selectors(), gates, classifiers(), named, given);
        } catch (RuntimeException | Error failed) {
            made.forEach(Shared::end);
            throw failed;
        }
    }

    /** The one that is kept, or a new one. */
    private <T> T keep(Optional<T> kept, Supplier<T> make, Function<T, Shared> shared) {
        if (kept.isPresent()) {
            return kept.get();
        }
        T fresh = make.get();
        made.add(shared.apply(fresh));
        return fresh;
    }

    private SequencedMap<String, Member> members() {
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        for (BackendSettings backend : settings.backends().values()) {
            Optional<Member> kept = before.flatMap(plan -> plan.member(backend.name()))
                    .filter(member -> member.settings().equals(backend));
            members.put(backend.name(), keep(kept, () -> make(backend), Member::shared));
        }
        return members;
    }

    private Member make(BackendSettings backend) {
        LentContext context = new LentContext(engine, backend.name());
        BackendFactory factory = plugins.backend(backend.type()).orElseThrow();
        Backend made = make(context, () -> Making.of(factory, backend.settings(), context));
        return new Member(backend, made, settings.engine().table(), member -> {
            engine.prober().forget(member);
            context.end();
        });
    }

    /** Whoever is lent something and does not come into being gives it back. */
    private static <T> T make(LentContext context, Supplier<T> plugin) {
        boolean made = false;
        try {
            T fresh = plugin.get();
            made = true;
            return fresh;
        } finally {
            if (!made) {
                context.end();
            }
        }
    }

    private static Shared shared(String what, AutoCloseable plugin, LentContext context) {
        return new Shared(() -> {
            Quietly.close(what, plugin);
            context.end();
        });
    }

    private List<Rule> rules() {
        return settings.rules().stream().map(this::bound).toList();
    }

    /** The rule with its matchers made. */
    private Rule bound(Rule rule) {
        return switch (rule) {
            case Rule.ByClass byClass -> byClass;
            case Rule.If when ->
                new Rule.If(
                        when.name(),
                        when.when()
                                .bound((factory, config) ->
                                        Making.of(factory, config, new LentContext(engine, factory.type()))),
                        when.use(),
                        when.always());
        };
    }

    private Map<String, Classifying> classifiers() {
        Map<String, Classifying> classifiers = new HashMap<>();
        settings.classifiers().forEach((name, said) -> {
            Optional<Classifying> kept = before.flatMap(plan -> plan.classifying(name))
                    .filter(each -> each.settings().equals(said));
            classifiers.put(name, keep(kept, () -> make(name, said), Classifying::shared));
        });
        return classifiers;
    }

    private Classifying make(String name, Settings.Named said) {
        LentContext context = new LentContext(engine, name);
        ClassifierFactory factory = plugins.classifier(said.type()).orElseThrow();
        Classifier classifier = make(context, () -> Making.of(factory, said.settings(), context));
        return new Classifying(said, classifier, shared("the classifier " + name, classifier, context));
    }

    private List<ActiveGuard> guards() {
        List<ActiveGuard> guards = new ArrayList<>();
        for (GuardFactory factory : plugins.all(GuardFactory.class)) {
            String type = factory.type();
            PluginConfig named = settings.guards().get(type);
            boolean inProfile = settings.profiles().values().stream()
                    .anyMatch(profile -> profile.guards().containsKey(type));
            if (named != null || inProfile || factory.onByDefault()) {
                PluginConfig general =
                        named != null ? named : PluginConfig.of(factory.options(), Where.code("guards." + type));
                Optional<ActiveGuard> kept = before.flatMap(plan -> plan.guard(type))
                        .filter(guard -> guard.general().equals(general));
                guards.add(keep(kept, () -> make(factory, general), ActiveGuard::shared));
            }
        }
        return guards;
    }

    private ActiveGuard make(GuardFactory factory, PluginConfig general) {
        String type = factory.type();
        LentContext context = new LentContext(engine, type);
        Guard guard = make(context, () -> Making.of(factory, general, context));
        PluginConfig defaults = PluginConfig.of(factory.profileOptions(), Where.code("guards." + type));
        return new ActiveGuard(type, guard, general, defaults, shared("the guard " + type, guard, context));
    }

    private Map<Profile.Entry.Pool, Selector> selectors() {
        Map<Profile.Entry.Pool, Selector> selectors = new HashMap<>();
        for (Profile profile : settings.profiles().values()) {
            for (Profile.Entry entry : profile.chain()) {
                if (entry instanceof Profile.Entry.Pool pool && pool.by().isPresent()) {
                    selectors.computeIfAbsent(
                            pool,
                            same -> before.flatMap(plan -> plan.selector(pool))
                                    .orElseGet(() -> selector(profile, pool)));
                }
            }
        }
        return selectors;
    }

    private Selector selector(Profile profile, Profile.Entry.Pool pool) {
        String type = pool.by().orElseThrow();
        SelectorFactory factory = plugins.selector(type).orElseThrow();
        return Making.of(factory, pool.settings(), new LentContext(engine, profile.name() + "." + type));
    }

    private List<ActiveListener> listeners() {
        List<ActiveListener> all = new ArrayList<>();
        settings.listeners().forEach((type, config) -> {
            Optional<ActiveListener> kept = before.flatMap(plan -> plan.listener(type))
                    .filter(listener -> listener.settings().equals(config));
            all.add(keep(kept, () -> make(type, config), ActiveListener::shared));
        });
        return all;
    }

    private ActiveListener make(String type, PluginConfig config) {
        LentContext context = new LentContext(engine, type);
        ListenerFactory factory = plugins.listener(type).orElseThrow();
        RouterListener listener = make(context, () -> Making.of(factory, config, context));
        return new ActiveListener(type, listener, config, shared("the listener " + type, listener, context));
    }
}
