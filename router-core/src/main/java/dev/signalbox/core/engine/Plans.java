package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.Cancelled;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.EngineSettings;
import dev.signalbox.core.config.GateSettings;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.room.Gate;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.RouterListener;
import java.time.Duration;
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
 * The plan of the day, and its exchange for the next one. What nobody needs any more is closed when its last request has
 * ended. Any thread may ask.
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
            resize(fresh);
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
            Plan plan = new PlanDraft(engine, plugins, settings, before).plan(gates(settings), listeners);
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

    /** The gates that settings name, as wide as they were: they are changed once the plan is there. */
    private SequencedMap<String, Gate> gates(Settings settings) {
        SequencedMap<String, Gate> used = new LinkedHashMap<>();
        for (GateSettings gate : settings.gates().values()) {
            used.put(
                    gate.name(),
                    gates.computeIfAbsent(gate.name(), name -> new Gate(name, gate.places(), gate.queue())));
        }
        return used;
    }

    private static void resize(Plan plan) {
        for (GateSettings gate : plan.settings().gates().values()) {
            requireNonNull(plan.gates().get(gate.name())).resize(gate.places(), gate.queue());
        }
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
