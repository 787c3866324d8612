package dev.signalbox.guard.memory;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.guard.memory.plan.Plan;
import dev.signalbox.guard.memory.plan.Planner;
import dev.signalbox.guard.memory.plan.Situation;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.HostView.Offer;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.ModelLifecycle.Resident;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentHashMap<String, Machine> machines = new ConcurrentHashMap<>(); // by host
    private volatile Map<String, String> hostOf = Map.of(); // by backend
    private volatile Runnable awaited = () -> {};

    /** A machine, and why its memory is not counted where there are no books. */
    private record Machine(Optional<Books> books, String why) {

        static final Machine UNKNOWN = uncounted("no request and no probe has named it yet");

        static Machine uncounted(String why) {
            return new Machine(Optional.empty(), why);
        }
    }

    Residency(PluginConfig config, PluginContext context) {
        this.config = config;
        this.context = context;
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
        return config.get(HostOptions.PIN).contains(target)
                ? Optional.of(dev.signalbox.spi.ModelLifecycle.FOR_EVER)
                : idleUnload()
                        .or(() -> preloaded().contains(target)
                                ? Optional.of(dev.signalbox.spi.ModelLifecycle.FOR_EVER)
                                : Optional.empty());
    }

    /** Does something with what is known, which nobody else changes meanwhile. */
    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
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

    private Optional<Books> machine(HostView view) {
        return machines.computeIfAbsent(view.name(), name -> open(view)).books();
    }

    private Optional<Books> machine(Candidate candidate) {
        if (!machines.containsKey(candidate.host())) {
            refresh(candidate.hosts());
        }
        return machines.getOrDefault(candidate.host(), Machine.UNKNOWN).books();
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
        Books books =
                new Books(view.name(), capacity, said.get(HostOptions.RESERVE), HostOptions.rules(config), context);
        if (books.isMeasured()) {
            awaited.run();
        }
        return new Machine(Optional.of(books), "");
    }

    /** Why a target can never answer a request, as things stand; empty if it may, sooner or later. */
    Optional<Refusal> never(Candidate candidate) {
        return machine(candidate).flatMap(books -> locked(() -> never(books, candidate)));
    }

    private Optional<Refusal> never(Books books, Candidate candidate) {
        OptionalLong room = roomOf(books);
        if (room.isEmpty()) {
            return Optional.empty();
        }
        long needed = needed(books, candidate);
        return needed == 0 && books.rules().exclusive().isEmpty()
                ? Optional.empty()
                : Planner.never(books.hoped(room.getAsLong()), candidate.target(), needed)
                        .map(no -> refusal(books, candidate.target(), no));
    }

    static OptionalLong roomOf(Books books) {
        OptionalLong capacity = books.capacity();
        return capacity.isPresent()
                ? OptionalLong.of(Math.max(0, capacity.getAsLong() - books.reserve()))
                : OptionalLong.empty();
    }

    /** What a request needs beyond what is taken already. */
    private static long needed(Books books, Candidate candidate) {
        Offer offer = books.offer(candidate.target());
        long growth = growth(offer, candidate);
        boolean counted = books.holding(candidate.target()).isPresent() || Books.takesMemoryUnseen(offer);
        return counted ? growth : books.size(candidate.target()).bytes() + growth;
    }

    private static long growth(Offer offer, Candidate candidate) {
        return Sizes.growth(offer.model(), offer.reported(), () -> tokens(candidate));
    }

    private static long tokens(Candidate candidate) {
        RequestView request = candidate.request();
        return Math.max(0, candidate.approximateTokens())
                + Math.clamp(request.maxTokens().orElse(0), 0, Integer.MAX_VALUE);
    }

    /** Lets an attempt in, with work to be done first or without, or not. */
    Admission admit(Attempt attempt, Lease inner) {
        return machine(attempt)
                .map(books -> locked(() -> admit(books, attempt, inner)))
                .orElseGet(() -> Admission.granted(inner));
    }

    private Admission admit(Books books, Attempt attempt, Lease inner) {
        if (books.isAwaited()) {
            return Admission.later("the memory of %s is being measured".formatted(books.host()));
        }
        Target target = attempt.target();
        OptionalLong room = roomOf(books);
        Offer offer = books.offer(target);
        long growth = growth(offer, attempt);
        if (room.isEmpty() || (Books.takesMemoryUnseen(offer) && growth == 0)) {
            return Admission.granted(visit(books, attempt, 0, inner, Optional.empty()));
        }
        Optional<Holding> holding = books.holding(target);
        boolean there =
                holding.filter(each -> each.state() == State.THERE).isPresent() || Books.takesMemoryUnseen(offer);
        if (there && growth == 0 && books.rules().exclusive().isEmpty()) {
            return Admission.granted(visit(books, attempt, 0, inner, Optional.empty()));
        }
        if (books.work().isPresent()) {
            return Admission.later(books.work().get().what());
        }
        attempt.hosts().stream()
                .filter(view -> view.name().equals(books.host()))
                .findFirst()
                .ifPresent(books::refresh);
        Situation now = books.situation(room.getAsLong());
        return switch (Planner.plan(now, target, needed(books, attempt))) {
            case Plan.Never never ->
                never(books, attempt).map(Admission::refused).orElseGet(() -> Admission.later(books.silence()));
            case Plan.Wait wait -> Admission.later(wait.reason());
            case Plan.Go go ->
                there && go.unload().isEmpty()
                        ? Admission.granted(visit(books, attempt, growth, inner, Optional.empty()))
                        : letIn(books, attempt, growth, inner, go);
        };
    }

    private Admission letIn(Books books, Attempt attempt, long growth, Lease inner, Plan.Go go) {
        Readying readying = new Readying(this, books, attempt.target(), growth, true);
        readying.plan(go);
        return Admission.granted(visit(books, attempt, growth, inner, Optional.of(readying)), readying);
    }

    private Lease visit(Books books, Attempt attempt, long growth, Lease inner, Optional<Work> readying) {
        Use use = books.use(attempt.target());
        use.begin(growth, context.nanoTime(), context.clock().instant());
        return new Visit(this, use, growth, inner, readying);
    }

    private Refusal refusal(Books books, Target target, Plan.Never never) {
        long capacity = books.capacity().orElse(0);
        Optional<Target> largest = largest(books, never.most());
        String message = "%s needs %s of %s, of which models can have %s at most: %s%s"
                .formatted(
                        target,
                        Bytes.show(never.needed()),
                        books.host(),
                        Bytes.show(Math.max(0, never.most())),
                        never.reason(),
                        largest.map(fits -> "; the largest model that would fit is " + fits)
                                .orElse(""));
        Refusal refusal = Refusal.of(Refusal.Kind.NO_MEMORY, message)
                .with("needed", Long.toString(never.needed()))
                .with("free", Long.toString(Math.max(0, never.most())))
                .with("capacity", Long.toString(capacity));
        return largest.map(fits -> refusal.with("largest", fits.toString())).orElse(refusal);
    }

    private static Optional<Target> largest(Books books, long most) {
        return books.offers().keySet().stream()
                .filter(target -> {
                    long bytes = books.size(target).bytes();
                    return bytes > 0 && bytes <= most;
                })
                .max(Comparator.comparingLong(
                                (Target target) -> books.size(target).bytes())
                        .thenComparing(Target::toString));
    }

    /** Learns what a probe saw, unless models have come or gone since it began. */
    void probed(ProbeReport report) {
        if (!hostOf.containsKey(report.backend())) {
            refresh(context.hosts());
        }
        machines.getOrDefault(hostOf.getOrDefault(report.backend(), ""), Machine.UNKNOWN)
                .books()
                .filter(books -> locked(() -> isHeardAgain(books, report)))
                .ifPresent(books -> context.askAgain());
    }

    /** Learns it; whether somebody may wait for that. */
    private boolean isHeardAgain(Books books, ProbeReport report) {
        boolean wasDeaf = books.isDeaf(report.backend());
        probed(books, report);
        return wasDeaf && !books.isDeaf(report.backend());
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
            books.heard(report.backend());
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
                loaded.add(new Resident(model.name(), model.memoryBytes(), model.contextTokens()));
            }
        }
        return Optional.of(loaded);
    }
}
