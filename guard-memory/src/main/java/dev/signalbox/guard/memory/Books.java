package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.guard.memory.machine.Measured;
import dev.signalbox.guard.memory.plan.Rules;
import dev.signalbox.guard.memory.plan.Situation;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.HostView.Offer;
import dev.signalbox.spi.ModelLifecycle.Resident;
import dev.signalbox.spi.PluginContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is known of one machine whose memory is counted. Guarded by the residency's lock. */
final class Books {

    private final String host;
    private final Room room;
    private final Servers servers;
    private final Rules said; // as configuration names models
    private Rules rules; // as their servers do
    private final PluginContext context;
    private final Sizes sizes = new Sizes();
    private final Holdings holdings = new Holdings();
    private final Uses uses = new Uses();
    private final Turnover turnover = new Turnover();
    private final Offers offers;
    private volatile Leeway leeway = new Leeway(); // written under the residency's lock, read by any thread
    private Optional<Work> work = Optional.empty();
    private long workEnded;

    Books(String host, Room room, Rules rules, Set<Target> named, long began, PluginContext context) {
        this.host = host;
        this.room = room;
        this.servers = new Servers(context::nanoTime);
        this.said = rules;
        this.rules = rules;
        this.offers = new Offers(named);
        this.context = context;
        this.workEnded = began;
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
    void measured(Measured now) {
        room.measured(Optional.of(now), taken());
    }

    /** What the models take of which somebody has seen that they are loaded. */
    long held() {
        return holdings.bytes();
    }

    /** What models take now, those of servers that are there and do not tell what they have loaded too. */
    long taken() {
        return held() + unseen(servers::isUp);
    }

    /** What is kept for models that may be loaded without being seen, whether or not their servers are there. */
    long unseen() {
        return unseen(backend -> true);
    }

    private long unseen(Predicate<String> counts) {
        return unseenOffers()
                .filter(offer -> counts.test(offer.target().backend()))
                .mapToLong(offer -> size(offer.target()).bytes())
                .sum();
    }

    /** Models that count as loaded although nobody has seen that. */
    Stream<Offer> unseenOffers() {
        return offers.all().values().stream()
                .filter(offer ->
                        takesMemoryUnseen(offer) && holding(offer.target()).isEmpty());
    }

    /** Takes what the engine knows of its models. */
    void refresh(HostView view) {
        offers.take(view);
        rules = said.as(offers::meant);
        offers.all().values().forEach(offer -> sizes.learn(offer.target(), offer.model()));
        changed();
    }

    /** What its servers offer. */
    Offers offers() {
        return offers;
    }

    Map<Target, Holding> holdings() {
        return holdings.all();
    }

    Optional<Holding> holding(Target target) {
        return holdings.of(target);
    }

    Uses uses() {
        return uses;
    }

    Sizes sizes() {
        return sizes;
    }

    Rules rules() {
        return rules;
    }

    Figure size(Target target) {
        return size(target, OptionalLong.empty());
    }

    /** What it takes if it is loaded with that context; empty: as its server likes. */
    Figure size(Target target, OptionalLong context) {
        Offer offer = offers.of(target);
        return sizes.of(target, offer.model(), offer.reported(), context);
    }

    /** Whether requests to it can be sent as they come, as far as its presence goes. */
    boolean isThere(Target target) {
        return holding(target).filter(each -> each.state() == State.THERE).isPresent() || isAlwaysThere(target);
    }

    /** Whether nobody can tell or change that it is there. */
    boolean isAlwaysThere(Target target) {
        Offer offer = offers.of(target);
        return takesMemoryUnseen(offer) && !offer.swaps();
    }

    /** Whether something may have to go for it even where there is room. */
    boolean keepsApart(Target target) {
        return !rules.exclusive().isEmpty() || (offers.of(target).swaps() && !isThere(target));
    }

    /** What nobody has taken; empty where nobody knows what there is. */
    OptionalLong free() {
        OptionalLong capacity = room.capacity();
        return capacity.isPresent()
                ? OptionalLong.of(capacity.getAsLong() - room.reserve() - held() - unseen())
                : capacity;
    }

    /** Whether so much is free for it now, and nothing has to go for any other reason. */
    boolean hasRoom(long bytes, Target target, long needed) {
        return !keepsApart(target) && needed <= bytes - leeway.taken(() -> held() + unseen()) - uses.promised();
    }

    /** What was found out since something changed; any thread may ask. */
    Leeway leeway() {
        return leeway;
    }

    /** Something may have changed. */
    void changed() {
        leeway = new Leeway();
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
        return !holdings.anyOf(backend)
                && offers.all().keySet().stream()
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
        Map<Target, Holding> there = new HashMap<>();
        residents.forEach(resident -> there.put(new Target(backend, resident.model()), seen(backend, resident)));
        holdings.seen(backend, there, uses::busy);
    }

    private Holding seen(String backend, Resident resident) {
        Target target = new Target(backend, resident.model());
        Offer offer = offers.of(target);
        sizes.learn(target, resident);
        Figure size = sizes.of(target, offer.model(), offer.reported(), resident);
        return new Holding(size, State.THERE, context.clock().instant(), resident.contextTokens(), false);
    }

    /** A backend was asked what it has loaded, and did not say: what it had it may have. */
    void unheard(String backend) {
        servers.unheard(backend);
        holdings.unheard(backend);
    }

    /** Its server may not have put it in the place of another one: if it does not tell, its largest counts again. */
    void doubt(Target target) {
        boolean told = offers.of(target).model().loaded().isPresent();
        holdings.all().computeIfPresent(target, (same, there) -> told ? there.as(State.UNSURE) : null);
    }

    /** Whether its server can be made to unload it, as far as is known. */
    boolean isMovable(Target target) {
        return offers.manages(target.backend()) && !servers.isFixed(target.backend());
    }

    /** Whether nothing keeps it here but that nobody has sent it away. */
    boolean mayGo(Target target) {
        return isMovable(target) && !rules.pinned().contains(target) && !uses.busy(target);
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

    /** It has gone. */
    void unloaded(Target target) {
        turnover.unloaded();
        holdings.all().remove(target);
    }

    /** How much has come and gone. */
    Turnover turnover() {
        return turnover;
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
