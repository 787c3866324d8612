package dev.signalbox.guard.memory;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.guard.memory.machine.Measured;
import dev.signalbox.guard.memory.plan.Occupant;
import dev.signalbox.guard.memory.plan.Rules;
import dev.signalbox.guard.memory.plan.Situation;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.HostView.Offer;
import dev.signalbox.spi.ModelLifecycle.Resident;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** What is known of one machine whose memory is counted. Guarded by the residency's lock. */
final class Books {

    private static final int MOST_USES = 10_000;

    /** How long a backend counts as one that unloads nothing: it may be started again so that it can. */
    private static final Duration FIXED = Duration.ofMinutes(5);

    private final String host;
    private final Capacity said;
    private final long reserve;
    private final Rules rules;
    private final PluginContext context;
    private final Sizes sizes = new Sizes();
    private final Map<Target, Holding> holdings = new HashMap<>();
    private final Map<Target, Use> uses = new HashMap<>();
    private final Map<String, Long> fixed = new HashMap<>(); // when a backend turned out to unload nothing
    private final Set<String> deaf = new HashSet<>(); // backends that did not answer when they were asked last
    private final Set<String> down = new HashSet<>(); // backends that were not there when they were asked last
    private Map<Target, Offer> offers = Map.of();
    private Optional<Measured> measured = Optional.empty();
    private long heldWhenMeasured;
    private boolean askedFor; // whether somebody has tried to measure it
    private Optional<Work> work = Optional.empty();
    private long workEnded;
    private int loads;
    private int unloads;

    Books(String host, Capacity said, long reserve, Rules rules, PluginContext context) {
        this.host = host;
        this.said = said;
        this.reserve = reserve;
        this.rules = rules;
        this.context = context;
        this.workEnded = context.nanoTime();
    }

    String host() {
        return host;
    }

    boolean isMeasured() {
        return said instanceof Capacity.Auto;
    }

    /** Whether it is to be measured and nobody has done so yet. */
    boolean isAwaited() {
        return isMeasured() && !askedFor;
    }

    long reserve() {
        return reserve;
    }

    /** What models can have with what is kept free; empty where nobody knows. */
    OptionalLong capacity() {
        return switch (said) {
            case Capacity.Written written -> OptionalLong.of(written.bytes());
            case Capacity.Auto auto ->
                measured.map(seen -> OptionalLong.of(seen.capacity(heldWhenMeasured)))
                        .orElseGet(OptionalLong::empty);
        };
    }

    /** Who says what the machine has. */
    String source() {
        return switch (said) {
            case Capacity.Written written -> "configured";
            case Capacity.Auto auto -> measured.map(Measured::source).orElse("not measured");
        };
    }

    /** Somebody has measured it; what was measured last stands where nobody tells. */
    void measured(Optional<Measured> now) {
        askedFor = true;
        if (now.isPresent()) {
            measured = now;
            heldWhenMeasured = held();
        }
    }

    long held() {
        return holdings.values().stream()
                .mapToLong(holding -> holding.size().bytes())
                .sum();
    }

    /** Takes what the engine knows of its models. */
    void refresh(HostView view) {
        Map<Target, Offer> now = new HashMap<>();
        view.offers().forEach(offer -> now.put(offer.target(), offer));
        offers = now;
    }

    Map<Target, Offer> offers() {
        return offers;
    }

    Map<Target, Holding> holdings() {
        return holdings;
    }

    Optional<Holding> holding(Target target) {
        return Optional.ofNullable(holdings.get(target));
    }

    Use use(Target target) {
        if (uses.size() > MOST_USES) {
            uses.values().removeIf(use -> !use.busy()); // somebody lets any model be asked for
        }
        return uses.computeIfAbsent(target, same -> new Use());
    }

    Optional<Use> used(Target target) {
        return Optional.ofNullable(uses.get(target));
    }

    boolean busy(Target target) {
        return used(target).filter(Use::busy).isPresent();
    }

    Sizes sizes() {
        return sizes;
    }

    Rules rules() {
        return rules;
    }

    Offer offer(Target target) {
        Offer known = offers.get(target);
        if (known != null) {
            return known;
        }
        ModelInfo unknown = ModelInfo.named(target.model());
        return new Offer(target, unknown, unknown, manages(target.backend()));
    }

    /** Whether its backend can load and unload. */
    boolean manages(String backend) {
        return offers.values().stream()
                .anyMatch(offer -> offer.managed() && offer.target().backend().equals(backend));
    }

    Figure size(Target target) {
        Offer offer = offer(target);
        return sizes.of(target, offer.model(), offer.reported());
    }

    /** That backend unloads nothing, until it was gone or some time has passed. */
    void fix(String backend) {
        fixed.put(backend, context.nanoTime());
    }

    private boolean isFixed(String backend) {
        Long since = fixed.get(backend);
        return since != null && context.nanoTime() - since < FIXED.toNanos();
    }

    /** How it is now, for the planner. */
    Situation situation(long room) {
        return situation(room, deaf);
    }

    /** How it would be if all answered when they are asked what they have loaded. */
    Situation hoped(long room) {
        return situation(room, Set.of());
    }

    private Situation situation(long room, Set<String> silent) {
        long now = context.nanoTime();
        List<Occupant> occupants = new ArrayList<>();
        holdings.forEach((target, holding) -> occupants.add(occupant(target, holding, now, silent)));
        for (Offer offer : offers.values()) {
            if (takesMemoryUnseen(offer) && !holdings.containsKey(offer.target())) {
                occupants.add(new Occupant(
                        offer.target(),
                        size(offer.target()).bytes(),
                        used(offer.target()).map(Use::promised).orElse(0L),
                        false,
                        busy(offer.target()),
                        Duration.ZERO,
                        1,
                        now));
            }
        }
        return new Situation(room, occupants, rules);
    }

    /** A server that neither tells what it has loaded nor can be made to unload it has it, as far as anybody knows. */
    static boolean takesMemoryUnseen(Offer offer) {
        return !offer.managed() && offer.model().loaded().isEmpty();
    }

    private Occupant occupant(Target target, Holding holding, long now, Set<String> silent) {
        Optional<Use> use = used(target);
        long bytes = holding.size().bytes();
        boolean movable = manages(target.backend()) && !isFixed(target.backend());
        return new Occupant(
                target,
                bytes,
                use.map(Use::promised).orElse(0L),
                movable && !silent.contains(target.backend()),
                busy(target) || holding.isMoving(),
                sizes.reload(target, bytes),
                use.map(each -> each.likelihood(now)).orElse(0.0),
                use.map(Use::lastUse).orElse(Long.MIN_VALUE));
    }

    /** A backend was asked what it has loaded. */
    void seen(String backend, List<Resident> residents) {
        deaf.remove(backend);
        down.remove(backend);
        if (residents.isEmpty()) {
            fixed.remove(backend); // what it kept is gone, and it may be another one when it loads again
        }
        Set<Target> there = new HashSet<>();
        for (Resident resident : residents) {
            Target target = new Target(backend, resident.model());
            there.add(target);
            Offer offer = offer(target);
            Figure size = sizes.of(target, offer.model(), offer.reported(), resident.memoryBytes());
            sizes.learn(target, resident.memoryBytes());
            holdings.merge(
                    target,
                    new Holding(size, State.THERE, context.clock().instant()),
                    (old, fresh) -> new Holding(size, old.isMoving() ? old.state() : State.THERE, old.since()));
        }
        holdings.replaceAll((target, holding) -> isGone(target, holding, backend, there) && busy(target)
                ? holding.as(State.UNSURE) // it comes back with the request it is to answer
                : holding);
        holdings.entrySet()
                .removeIf(each -> isGone(each.getKey(), each.getValue(), backend, there) && !busy(each.getKey()));
    }

    private static boolean isGone(Target target, Holding holding, String backend, Set<Target> there) {
        return target.backend().equals(backend) && !there.contains(target) && holding.state() != State.COMING;
    }

    /** A backend was asked what it has loaded, and did not say: what it had it may have. */
    void unheard(String backend) {
        deaf.add(backend);
        holdings.replaceAll((target, holding) -> target.backend().equals(backend) && holding.state() == State.THERE
                ? holding.as(State.UNSURE)
                : holding);
    }

    /** Whether nothing keeps it here but that nobody has sent it away. */
    boolean mayGo(Target target) {
        return manages(target.backend())
                && !isFixed(target.backend())
                && !rules.pinned().contains(target)
                && !busy(target);
    }

    /** How long ago its last request ended; nothing for a model that was never asked for here: others may use it. */
    Duration idleFor(Target target, long now) {
        return used(target)
                .filter(use -> use.lastUsed().isPresent())
                .map(use -> Duration.ofNanos(Math.max(0, now - use.lastUse())))
                .orElse(Duration.ZERO);
    }

    /** Whether its server was not there when somebody looked last. */
    boolean isDown(String backend) {
        return down.contains(backend);
    }

    /** A backend is not there: a process that is not there holds no memory. */
    void gone(String backend) {
        seen(backend, List.of());
        down.add(backend);
    }

    /** A backend answers again, whether or not it says what it has loaded. */
    void heard(String backend) {
        deaf.remove(backend);
    }

    /** Whether a backend did not answer when it was asked last. */
    boolean isDeaf(String backend) {
        return deaf.contains(backend);
    }

    /** Why there may be room that nobody can be sure of. */
    String silence() {
        return "%s does not answer, and what it has loaded on %s is in the way"
                .formatted(String.join(", ", new TreeSet<>(deaf)), host);
    }

    void loaded(Target target, Duration took) {
        loads++;
        sizes.learn(target, took);
    }

    void unloaded(Target target) {
        unloads++;
        holdings.remove(target);
    }

    int loads() {
        return loads;
    }

    int unloads() {
        return unloads;
    }

    Optional<Work> work() {
        return work;
    }

    void begin(Work begun) {
        work = Optional.of(begun);
    }

    void over() {
        work = Optional.empty();
        workEnded = context.nanoTime();
    }

    /** Whether what was looked at from that moment on is not out of date. */
    boolean believes(long since) {
        return work.isEmpty() && since - workEnded >= 0;
    }
}
