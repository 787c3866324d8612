package dev.signalbox.core.engine;

import dev.signalbox.api.Cancelled;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.core.config.GateSettings;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.room.Gate;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes plans of settings, and exchanges one for the next: backends whose settings have not changed go on as they are,
 * others are made anew, and what nobody needs any more is closed when its last request has ended.
 */
final class Plans implements AutoCloseable {

    private final Engine engine;
    private final Plugins plugins;
    private final ReentrantLock exchanging = new ReentrantLock();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>(); // by name, for ever: they outlive plans
    private volatile Optional<Ledger> ledger = Optional.empty();
    private volatile Optional<Plan> now = Optional.empty(); // written under exchanging
    private volatile boolean closed; // written under exchanging

    Plans(Engine engine, Plugins plugins) {
        this.engine = engine;
        this.plugins = plugins;
    }

    /** The plan of the day, to look at. */
    Plan now() {
        return now.orElseThrow();
    }

    Optional<Ledger> ledger() {
        return ledger;
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
            if (ledger.isEmpty()) {
                ledger = ledgerOf(settings);
            }
            List<Member> made = new ArrayList<>();
            Plan fresh = plan(settings, before, made);
            now = Optional.of(fresh);
            made.forEach(member -> engine.prober()
                    .watch(
                            member,
                            settings.engine().probeEvery(),
                            settings.engine().probeTimeout()));
            before.ifPresent(old -> old.retire(() -> closeUnused(old, Optional.of(fresh))));
        } finally {
            exchanging.unlock();
        }
    }

    /** A plan of these settings; the backends made for it are added to the list, and closed if anything fails. */
    private Plan plan(Settings settings, Optional<Plan> before, List<Member> made) {
        try {
            SequencedMap<String, Member> members = members(settings, before, made);
            return new Plan(settings, members, rules(settings), guards(settings), selectors(settings), gates(settings));
        } catch (RuntimeException failed) {
            made.forEach(member -> Quietly.close("the backend " + member.name(), member.backend()));
            throw failed;
        }
    }

    private SequencedMap<String, Member> members(Settings settings, Optional<Plan> before, List<Member> made) {
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        for (BackendSettings backend : settings.backends().values()) {
            Optional<Member> kept = before.flatMap(plan -> plan.member(backend.name()))
                    .filter(member -> member.settings().equals(backend));
            Member member = kept.orElseGet(() -> make(backend));
            if (kept.isEmpty()) {
                made.add(member);
            }
            members.put(backend.name(), member);
        }
        return members;
    }

    private Member make(BackendSettings settings) {
        Backend backend = plugins.backend(settings.type())
                .orElseThrow()
                .create(settings.settings(), new LentContext(engine, settings.name()));
        return new Member(settings, backend);
    }

    private List<Rule> rules(Settings settings) {
        return settings.rules().stream()
                .map(rule -> new Rule(
                        rule.name(),
                        rule.when()
                                .bound((factory, config) ->
                                        factory.create(config, new LentContext(engine, factory.type()))),
                        rule.use(),
                        rule.always()))
                .toList();
    }

    private List<ActiveGuard> guards(Settings settings) {
        List<ActiveGuard> guards = new ArrayList<>();
        for (GuardFactory factory : plugins.all(GuardFactory.class)) {
            PluginConfig named = settings.guards().get(factory.type());
            boolean inProfile = settings.profiles().values().stream()
                    .anyMatch(profile -> profile.guards().containsKey(factory.type()));
            if (named != null || inProfile || factory.onByDefault()) {
                PluginConfig general = named != null
                        ? named
                        : PluginConfig.of(factory.options(), Where.code("guards." + factory.type()));
                guards.add(new ActiveGuard(
                        factory.type(),
                        factory.create(general, new LentContext(engine, factory.type())),
                        PluginConfig.of(factory.profileOptions(), Where.code("guards." + factory.type()))));
            }
        }
        return guards;
    }

    private Map<Profile.Entry.Pool, Selector> selectors(Settings settings) {
        Map<Profile.Entry.Pool, Selector> selectors = new HashMap<>();
        for (Profile profile : settings.profiles().values()) {
            for (Profile.Entry entry : profile.chain()) {
                if (entry instanceof Profile.Entry.Pool pool && pool.by().isPresent()) {
                    String type = pool.by().get();
                    selectors.put(
                            pool,
                            plugins.selector(type)
                                    .orElseThrow()
                                    .create(pool.settings(), new LentContext(engine, profile.name() + "." + type)));
                }
            }
        }
        return selectors;
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

    private Optional<Ledger> ledgerOf(Settings settings) {
        return settings.ledger()
                .flatMap(named -> plugins.ledger(named.type())
                        .map(factory -> factory.create(named.settings(), new LentContext(engine, named.type()))));
    }

    /** The listeners that code gave and those that settings name. */
    List<RouterListener> listeners(Settings settings, List<RouterListener> given) {
        List<RouterListener> all = new ArrayList<>(given);
        settings.listeners()
                .forEach((type, config) -> plugins.listener(type)
                        .ifPresent(factory -> all.add(factory.create(config, new LentContext(engine, type)))));
        return all;
    }

    private void closeUnused(Plan old, Optional<Plan> next) {
        old.guards().forEach(active -> Quietly.close("the guard " + active.type(), active.guard()));
        for (Member member : old.members().values()) {
            if (next.isEmpty() || !next.get().members().containsValue(member)) {
                engine.prober().forget(member);
                Quietly.close("the backend " + member.name(), member.backend());
            }
        }
    }

    @Override
    public void close() {
        exchanging.lock();
        try {
            closed = true;
            now.ifPresent(last -> last.retire(() -> closeUnused(last, Optional.empty())));
            ledger.ifPresent(each -> Quietly.close("the ledger", each));
        } finally {
            exchanging.unlock();
        }
    }
}
