package dev.signalbox.guard.memory;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.machine.ThisMachine;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle.Resident;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.ProbeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Which models are in memory on the machines whose memory is counted. Any thread may use it; what it knows is guarded by
 * one lock, under which nobody waits for anything.
 */
final class Residency {

    private final PluginContext context;
    private final PluginConfig config;
    private final Gauge gauge;
    private final long began; // what was looked at before may have been changed by somebody before it
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentHashMap<String, Machine> machines = new ConcurrentHashMap<>(); // by host
    private volatile Map<String, String> hostOf = Map.of(); // by backend
    private volatile Runnable awaited = () -> {};

    /** A machine, and why its memory is not counted where there are no books. */
    private record Machine(Optional<Books> books, String why) {

        static final Machine UNKNOWN = uncounted("no request and no probe has named it yet");

        /** A server may have told what it has only since somebody looked last. */
        boolean knows(Target target) {
            return books.isEmpty() || books.get().offers().all().containsKey(target);
        }

        static Machine uncounted(String why) {
            return new Machine(Optional.empty(), why);
        }
    }

    Residency(PluginConfig config, PluginContext context, ThisMachine machine) {
        this.config = config;
        this.context = context;
        this.gauge = new Gauge(this, machine);
        this.began = context.nanoTime();
    }

    /** What measures the machine the router runs on. */
    Gauge gauge() {
        return gauge;
    }

    /** Whether the memory of any machine is to be counted. */
    boolean isOn() {
        return !config.get(HostOptions.HOSTS).isEmpty();
    }

    /** Says what begins a measurement of this machine, without waiting for it; done when there is something to measure. */
    void whenAwaited(Runnable begin) {
        awaited = begin;
    }

    PluginContext context() {
        return context;
    }

    Optional<Duration> idleUnload() {
        return config.get(HostOptions.IDLE_UNLOAD);
    }

    List<Target> preloaded() {
        return config.get(HostOptions.PRELOAD);
    }

    /** How long a model is to be kept once it is loaded; empty: as its server likes. */
    Optional<Duration> keep(Target target) {
        return isNamed(config.get(HostOptions.PIN), target)
                ? Optional.of(dev.signalbox.spi.ModelLifecycle.FOR_EVER)
                : idleUnload()
                        .or(() -> isNamed(preloaded(), target)
                                ? Optional.of(dev.signalbox.spi.ModelLifecycle.FOR_EVER)
                                : Optional.empty());
    }

    private boolean isNamed(List<Target> said, Target target) {
        return said.stream().anyMatch(each -> each.equals(target) || meant(each).equals(target));
    }

    private Target meant(Target said) {
        return machines.getOrDefault(hostOf.getOrDefault(said.backend(), ""), Machine.UNKNOWN)
                .books()
                .map(books -> books.offers().meant(said))
                .orElse(said);
    }

    /** Does something with what is known, which nobody else changes meanwhile. */
    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            machines.values().forEach(machine -> machine.books().ifPresent(Books::changed));
            lock.unlock();
        }
    }

    void locked(Runnable work) {
        locked(asSupplier(work));
    }

    /** Looks at what is known, or counts that a model is used, which changes nothing else; nobody else changes it meanwhile. */
    <T> T counting(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void counting(Runnable work) {
        counting(asSupplier(work));
    }

    private static Supplier<Boolean> asSupplier(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    /** The machines whose memory is counted, as far as they are known. */
    List<Books> counted() {
        return machines.values().stream()
                .flatMap(machine -> machine.books().stream())
                .sorted(Comparator.comparing(Books::host))
                .toList();
    }

    /** The other machines, and why their memory is not counted. */
    SortedMap<String, String> uncounted() {
        SortedMap<String, String> others = new TreeMap<>();
        machines.forEach((host, machine) -> {
            if (machine.books().isEmpty()) {
                others.put(host, machine.why());
            }
        });
        return others;
    }

    /** Takes what the engine knows of machines and models now. */
    void refresh(List<HostView> hosts) {
        Map<String, String> now = new ConcurrentHashMap<>();
        for (HostView view : hosts) {
            view.backends().forEach(backend -> now.put(backend, view.name()));
            machine(view).ifPresent(books -> locked(() -> books.refresh(view)));
        }
        hostOf = now;
    }

    /** Takes what the engine knows of the models of one machine now. Held lock. */
    void refresh(Books books, List<HostView> hosts) {
        find(books, hosts).ifPresent(books::refresh);
    }

    /** A machine as the engine sees it now; empty if no backend is there any more. */
    Optional<HostView> view(Books books) {
        return find(books, context.hosts());
    }

    private static Optional<HostView> find(Books books, List<HostView> hosts) {
        return hosts.stream().filter(view -> view.name().equals(books.host())).findFirst();
    }

    private Optional<Books> machine(HostView view) {
        return machines.computeIfAbsent(view.name(), name -> open(view)).books();
    }

    /** The books of a target's machine; empty where its memory is not counted. */
    Optional<Books> booksOf(Candidate candidate) {
        Machine known = machines.get(candidate.host());
        if (known == null || !known.knows(candidate.target())) {
            refresh(candidate.hosts());
            return machines.getOrDefault(candidate.host(), Machine.UNKNOWN).books();
        }
        return known.books();
    }

    private Machine open(HostView view) {
        return config.get(HostOptions.HOSTS).entrySet().stream()
                .filter(each -> view.means(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(said -> open(view, said))
                .orElseGet(() -> Machine.uncounted("it is not named under `hosts`"));
    }

    private Machine open(HostView view, PluginConfig said) {
        Capacity capacity = said.get(HostOptions.MEMORY);
        if (capacity instanceof Capacity.Auto && !view.isHere()) {
            String why =
                    "it can be measured only where the router runs. Write it down: hosts: { %s: { memory: 64GiB } }"
                            .formatted(view.name());
            context.logger()
                    .log(
                            System.Logger.Level.WARNING,
                            () -> "The memory of %s is not counted: %s".formatted(view.name(), why));
            return Machine.uncounted(why);
        }
        Room room = new Room(capacity, said.get(HostOptions.RESERVE));
        Books books =
                new Books(view.name(), room, HostOptions.rules(config), HostOptions.named(config), began, context);
        if (books.room().isMeasured()) {
            awaited.run();
        }
        return new Machine(Optional.of(books), "");
    }

    /** Learns what a probe saw, unless models have come or gone since it began. */
    void probed(ProbeReport report) {
        if (!hostOf.containsKey(report.backend()) || hasNewModels(report)) {
            refresh(context.hosts());
        }
        machines.getOrDefault(hostOf.getOrDefault(report.backend(), ""), Machine.UNKNOWN)
                .books()
                .filter(books -> locked(() -> isHeardAgain(books, report)))
                .ifPresent(books -> context.askAgain());
    }

    private boolean hasNewModels(ProbeReport report) {
        Machine machine = machines.getOrDefault(hostOf.getOrDefault(report.backend(), ""), Machine.UNKNOWN);
        return report.status().models().orElse(List.of()).stream()
                .anyMatch(model -> !machine.knows(new Target(report.backend(), model.name())));
    }

    /** Learns it; whether somebody may wait for that. */
    private boolean isHeardAgain(Books books, ProbeReport report) {
        boolean wasDeaf = books.servers().isDeaf(report.backend());
        probed(books, report);
        return wasDeaf && !books.servers().isDeaf(report.backend());
    }

    private void probed(Books books, ProbeReport report) {
        if (!books.believes(context.nanoTime() - report.took().toNanos())) {
            return;
        }
        if (report.failure()
                .filter(failure -> failure.kind() == FailureKind.UNREACHABLE)
                .isPresent()) {
            books.gone(report.backend());
            return;
        }
        if (report.failure().isEmpty()) {
            books.servers().heard(report.backend());
        }
        residents(report.status()).ifPresent(now -> books.seen(report.backend(), now));
    }

    /** What a probe says is loaded; empty if it does not tell. */
    private static Optional<List<Resident>> residents(BackendStatus status) {
        List<ModelInfo> telling = status.models().orElse(List.of()).stream()
                .filter(model -> model.loaded().isPresent())
                .toList();
        if (telling.isEmpty()) {
            return Optional.empty();
        }
        List<Resident> loaded = new ArrayList<>();
        for (ModelInfo model : telling) {
            if (model.loaded().orElse(false)) {
                loaded.add(new Resident(model.name(), model.memoryBytes(), Sizes.loadedContext(model)));
            }
        }
        return Optional.of(loaded);
    }
}
