package dev.signalbox.core.engine;

import dev.signalbox.api.Cancelled;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.core.config.EngineSettings;
import dev.signalbox.core.config.GateSettings;
import dev.signalbox.core.config.ModelTable;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.room.Gate;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes plans of settings, and exchanges one for the next: plugins whose settings have not changed go on as they are
 * and keep what they have learnt, others are made anew, and what nobody needs any more is closed when its last request
 * has ended.
 */
final class Plans implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);

    /** How long closing waits for requests that were told to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Engine engine;
    private final Plugins plugins;
    private final List<RouterListener> listeners; // whoever embeds us closes over them, not plans
    private final ReentrantLock exchanging = new ReentrantLock();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>(); // by name, for ever: they outlive plans
    private final Set<Plan> inUse = ConcurrentHashMap.newKeySet();
    private volatile Books books = Books.NONE; // written under exchanging
    private volatile Optional<Plan> now = Optional.empty(); // written under exchanging
    private volatile boolean closed; // written under exchanging

    /**
     * No plan yet.
     *
     * @param listeners told of everything under every plan
     */
    Plans(Engine engine, Plugins plugins, List<RouterListener> listeners) {
        this.engine = engine;
        this.plugins = plugins;
        this.listeners = List.copyOf(listeners);
    }

    /** The plan of the day, to look at. */
    Plan now() {
        return now.orElseThrow();
    }

    /** The plan of the day; empty while the first one is being made. */
    Optional<Plan> current() {
        return now;
    }

    Optional<Ledger> ledger() {
        return books.ledger();
    }

    /** The plan of the day, held for a request. */
    Plan hold(TraceLog trace) {
        while (!closed) {
            Plan plan = now();
            if (plan.hold()) {
                return plan;
            }
            Thread.onSpinWait(); // exchanged this very moment: the next one is there
        }
        throw new Cancelled(Problem.passing(503, "closed", "the router is closed"), trace.read());
    }

    void exchange(Settings settings) {
        exchanging.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the router is closed");
            }
            Optional<Plan> before = now;
            Plan fresh = planWithBooks(settings, before);
            fresh.plugins().forEach(Shared::hold);
            inUse.add(fresh);
            now = Optional.of(fresh);
            fresh.members()
                    .values()
                    .forEach(member -> member.use(settings.engine().table()));
            watch(fresh, before);
            before.ifPresent(this::retire);
        } finally {
            exchanging.unlock();
        }
    }

    /** Plugins may ask for the ledger while they are made, so it is there before them; if they fail, as if it never was. */
    private Plan planWithBooks(Settings settings, Optional<Plan> before) {
        Books old = books;
        books = old.under(settings, plugins, engine);
        boolean made = false;
        try {
            Plan plan = plan(settings, before);
            made = true;
            return plan;
        } finally {
            if (!made && !books.equals(old)) {
                closeBooks();
                books = old;
            }
        }
    }

    private void closeBooks() {
        books.ledger().ifPresent(each -> Quietly.close("the ledger", each));
    }

    /** Has members watched that are new, and all of them if that is to be done otherwise from now on. */
    private void watch(Plan fresh, Optional<Plan> before) {
        EngineSettings limits = fresh.settings().engine();
        Optional<Plan> alike = before.filter(plan -> plan.settings().engine().watchesLike(limits));
        for (Member member : fresh.members().values()) {
            boolean watched = alike.isPresent() && alike.get().members().containsValue(member);
            if (!watched) {
                engine.prober().watch(member, limits.probeEvery(), limits.probeTimeout());
            }
        }
    }

    private void retire(Plan old) {
        old.retire(() -> {
            inUse.remove(old);
            old.plugins().forEach(Shared::letGo);
        });
    }

    /** A plan of these settings; if anything fails, whatever was made for it is closed. */
    private Plan plan(Settings settings, Optional<Plan> before) {
        List<Shared> made = new ArrayList<>();
        try {
            List<ActiveListener> named = listeners(settings, before, made);
            List<ActiveGuard> guards = guards(settings, before, made);
            SequencedMap<String, Member> members = members(settings, before, made);
            return new Plan(
                    settings,
                    members,
                    rules(settings),
                    guards,
                    selectors(settings, before),
                    gates(settings),
                    classifiers(settings, before, made),
                    named,
                    listeners);
        } catch (RuntimeException | Error failed) {
            made.forEach(Shared::end);
            throw failed;
        }
    }

    private SequencedMap<String, Member> members(Settings settings, Optional<Plan> before, List<Shared> made) {
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        for (BackendSettings backend : settings.backends().values()) {
            Optional<Member> kept = before.flatMap(plan -> plan.member(backend.name()))
                    .filter(member -> member.settings().equals(backend));
            Member member = kept.orElseGet(() -> make(backend, settings.engine().table()));
            if (kept.isEmpty()) {
                made.add(member.shared());
            }
            members.put(backend.name(), member);
        }
        return members;
    }

    private Member make(BackendSettings settings, ModelTable table) {
        Backend backend = plugins.backend(settings.type())
                .orElseThrow()
                .create(settings.settings(), new LentContext(engine, settings.name()));
        return new Member(settings, backend, table, engine.prober()::forget);
    }

    private List<Rule> rules(Settings settings) {
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
                                        factory.create(config, new LentContext(engine, factory.type()))),
                        when.use(),
                        when.always());
        };
    }

    private Map<String, Classifying> classifiers(Settings settings, Optional<Plan> before, List<Shared> made) {
        Map<String, Classifying> classifiers = new HashMap<>();
        settings.classifiers().forEach((name, said) -> {
            Optional<Classifying> kept = before.flatMap(plan -> plan.classifying(name))
                    .filter(each -> each.settings().equals(said));
            Classifying classifying = kept.orElseGet(() -> make(name, said));
            if (kept.isEmpty()) {
                made.add(classifying.shared());
            }
            classifiers.put(name, classifying);
        });
        return classifiers;
    }

    private Classifying make(String name, Settings.Named said) {
        Classifier classifier =
                plugins.classifier(said.type()).orElseThrow().create(said.settings(), new LentContext(engine, name));
        return new Classifying(said, classifier, new Shared(() -> Quietly.close("the classifier " + name, classifier)));
    }

    private List<ActiveGuard> guards(Settings settings, Optional<Plan> before, List<Shared> made) {
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
                ActiveGuard guard = kept.orElseGet(() -> make(factory, general));
                if (kept.isEmpty()) {
                    made.add(guard.shared());
                }
                guards.add(guard);
            }
        }
        return guards;
    }

    private ActiveGuard make(GuardFactory factory, PluginConfig general) {
        String type = factory.type();
        Guard guard = factory.create(general, new LentContext(engine, type));
        PluginConfig defaults = PluginConfig.of(factory.profileOptions(), Where.code("guards." + type));
        return new ActiveGuard(
                type, guard, general, defaults, new Shared(() -> Quietly.close("the guard " + type, guard)));
    }

    private Map<Profile.Entry.Pool, Selector> selectors(Settings settings, Optional<Plan> before) {
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
        return factory.create(pool.settings(), new LentContext(engine, profile.name() + "." + type));
    }

    private SequencedMap<String, Gate> gates(Settings settings) {
        SequencedMap<String, Gate> used = new LinkedHashMap<>();
        for (GateSettings gate : settings.gates().values()) {
            Gate own = gates.computeIfAbsent(gate.name(), name -> new Gate(name, gate.places(), gate.queue()));
            own.resize(gate.places(), gate.queue());
            used.put(gate.name(), own);
        }
        return used;
    }

    private List<ActiveListener> listeners(Settings settings, Optional<Plan> before, List<Shared> made) {
        List<ActiveListener> all = new ArrayList<>();
        settings.listeners().forEach((type, config) -> {
            Optional<ActiveListener> kept = before.flatMap(plan -> plan.listener(type))
                    .filter(listener -> listener.settings().equals(config));
            ActiveListener listener = kept.orElseGet(() -> make(type, config));
            if (kept.isEmpty()) {
                made.add(listener.shared());
            }
            all.add(listener);
        });
        return all;
    }

    private ActiveListener make(String type, PluginConfig config) {
        RouterListener listener = plugins.listener(type).orElseThrow().create(config, new LentContext(engine, type));
        return new ActiveListener(type, listener, config);
    }

    /** Lets nobody take a plan any more, waits a little for requests to end, then closes every plugin. */
    @Override
    public void close() {
        exchanging.lock();
        try {
            closed = true;
            now.ifPresent(this::retire);
        } finally {
            exchanging.unlock();
        }
        List<Plan> left = List.copyOf(inUse);
        awaitEnd(left);
        left.forEach(plan -> plan.plugins().forEach(Shared::end));
        closeBooks();
    }

    private static void awaitEnd(List<Plan> plans) {
        long end = System.nanoTime() + PATIENCE.toNanos(); // real time: a clock turned by hand would never get there
        try {
            for (Plan plan : plans) {
                if (!plan.awaitEnd(end - System.nanoTime())) {
                    LOG.warn("Requests still run {} after they were told to end.", PATIENCE);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
