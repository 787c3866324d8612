package dev.signalbox.guard.memory;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.guard.memory.machine.Measured;
import dev.signalbox.guard.memory.plan.Rules;
import dev.signalbox.guard.memory.plan.Situation;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.HostView.Offer;
import dev.signalbox.spi.ModelLifecycle.Resident;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is known of one machine whose memory is counted. Guarded by the residency's lock. */
final class Books {

    private static final int MOST_USES = 10_000;

    private final String host;
    private final Room room;
    private final Servers servers;
    private final Rules rules;
    private final PluginContext context;
    private final Sizes sizes = new Sizes();
    private final Map<Target, Holding> holdings = new HashMap<>();
    private final Map<Target, Use> uses = new HashMap<>();
    private volatile Map<Target, Offer> offers =
            Map.of(); // never changed but as a whole; read without the lock as well
    private Optional<Work> work = Optional.empty();
    private long workEnded;
    private int loads;
    private int unloads;

    Books(String host, Room room, Rules rules, PluginContext context) {
        this.host = host;
        this.room = room;
        this.servers = new Servers(context::nanoTime);
        this.rules = rules;
        this.context = context;
        this.workEnded = context.nanoTime();
    }

    String host() {
        return host;
    }

    /** How much memory it has for models. */
    Room room() {
        return room;
    }

    /** How its servers are. */
    Servers servers() {
        return servers;
    }

    /** Somebody has measured it. */
    void measured(Optional<Measured> now) {
        room.measured(now, held());
    }

    long held() {
        return holdings.values().stream()
                .mapToLong(holding -> holding.size().bytes())
                .sum();
    }

    /** Takes what the engine knows of its models. */
    void refresh(HostView view) {
        Map<Target, Offer> now = new HashMap<>();
        for (Offer offer : view.offers()) {
            now.put(offer.target(), offer);
            sizes.learn(offer.target(), offer.model());
        }
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
        return new Offer(target, unknown, unknown, manages(target.backend()), swaps(target.backend()));
    }

    /** Whether its backend keeps one model, and puts another one in its place by itself. */
    boolean swaps(String backend) {
        return offers.values().stream()
                .anyMatch(offer -> offer.swaps() && offer.target().backend().equals(backend));
    }

    /** Whether its backend can load and unload. */
    boolean manages(String backend) {
        return offers.values().stream()
                .anyMatch(offer -> offer.managed() && offer.target().backend().equals(backend));
    }

    Figure size(Target target) {
        return size(target, OptionalLong.empty());
    }

    /** What it takes if it is loaded with that context; empty: as its server likes. */
    Figure size(Target target, OptionalLong context) {
        Offer offer = offer(target);
        return sizes.of(target, offer.model(), offer.reported(), context);
    }

    /** Whether requests to it can be sent as they come, as far as its presence goes. */
    boolean isThere(Target target) {
        return holding(target).filter(each -> each.state() == State.THERE).isPresent() || isAlwaysThere(target);
    }

    /** Whether nobody can tell or change that it is there. */
    boolean isAlwaysThere(Target target) {
        Offer offer = offer(target);
        return takesMemoryUnseen(offer) && !offer.swaps();
    }

    /** Whether something may have to go for it even where there is room. */
    boolean keepsApart(Target target) {
        return !rules.exclusive().isEmpty() || (offer(target).swaps() && !isThere(target));
    }

    /** How it is now, for the planner. */
    Situation situation(long bytes) {
        return situation(bytes, servers.deaf());
    }

    /** How it would be if all answered when they are asked what they have loaded. */
    Situation hoped(long bytes) {
        return situation(bytes, Set.of());
    }

    private Situation situation(long bytes, Set<String> silent) {
        return Scene.of(this, bytes, silent, context.nanoTime());
    }

    /**
     * A server that neither tells what it has loaded nor can be made to unload it has it, as far as anybody knows; one that
     * keeps one model the largest, until one was asked for.
     */
    boolean takesMemoryUnseen(Offer offer) {
        return !offer.managed()
                && offer.model().loaded().isEmpty()
                && (!offer.swaps() || isLargestOfUnseen(offer.target()));
    }

    private boolean isLargestOfUnseen(Target target) {
        String backend = target.backend();
        boolean seen =
                holdings.keySet().stream().anyMatch(each -> each.backend().equals(backend));
        return !seen
                && offers.keySet().stream()
                        .filter(each -> each.backend().equals(backend))
                        .max(Comparator.comparingLong(
                                        (Target each) -> size(each).bytes())
                                .thenComparing(Target::toString))
                        .filter(target::equals)
                        .isPresent();
    }

    /** A backend was asked what it has loaded. */
    void seen(String backend, List<Resident> residents) {
        servers.told(backend);
        if (residents.isEmpty()) {
            sizes.forgetContexts(backend);
            servers.emptied(backend);
        }
        Set<Target> there = new HashSet<>();
        for (Resident resident : residents) {
            Target target = new Target(backend, resident.model());
            there.add(target);
            Offer offer = offer(target);
            Figure size = sizes.of(target, offer.model(), offer.reported(), resident);
            sizes.learn(target, resident);
            Holding fresh = new Holding(size, State.THERE, context.clock().instant(), resident.contextTokens());
            holdings.merge(
                    target,
                    fresh,
                    (old, same) -> new Holding(
                            size,
                            old.isMoving() ? old.state() : State.THERE,
                            old.since(),
                            fresh.context().isPresent() ? fresh.context() : old.context()));
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
        servers.unheard(backend);
        holdings.replaceAll((target, holding) -> target.backend().equals(backend) && holding.state() == State.THERE
                ? holding.as(State.UNSURE)
                : holding);
    }

    /** Whether its server can be made to unload it, as far as is known. */
    boolean isMovable(Target target) {
        return manages(target.backend()) && !servers.isFixed(target.backend());
    }

    /** Whether nothing keeps it here but that nobody has sent it away. */
    boolean mayGo(Target target) {
        return isMovable(target) && !rules.pinned().contains(target) && !busy(target);
    }

    /** How long ago its last request ended; nothing for a model that was never asked for here: others may use it. */
    Duration idleFor(Target target, long now) {
        return used(target)
                .filter(use -> use.lastUsed().isPresent())
                .map(use -> Duration.ofNanos(Math.max(0, now - use.lastUse())))
                .orElse(Duration.ZERO);
    }

    /** A backend is not there: a process that is not there holds no memory. */
    void gone(String backend) {
        seen(backend, List.of());
        servers.gone(backend);
    }

    /** Why there may be room that nobody can be sure of. */
    String silence() {
        return "%s does not answer, and what it has loaded on %s is in the way"
                .formatted(String.join(", ", servers.deaf()), host);
    }

    /** Something was loaded. */
    void loaded() {
        loads++;
    }

    /** It has gone. */
    void unloaded(Target target) {
        unloads++;
        holdings.remove(target);
    }

    /** It was loaded again. */
    void reloaded() {
        unloads++;
        loads++;
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
