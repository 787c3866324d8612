package dev.signalbox.core.engine;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Target;
import dev.signalbox.core.dialect.Reading;
import dev.signalbox.core.room.Door;
import dev.signalbox.core.room.Visitor;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request as the waiting room sees it: where it may go now, and what stands against all else. The waiting room asks
 * under its own lock, on any thread, and only while the request's thread is in the room; the rest is for the request's
 * thread while it is not.
 */
final class Visit implements Visitor, Judged {

    private final Journey journey;
    private final Set<Target> tried = new LinkedHashSet<>();
    private final Map<Target, Reason> excluded = new LinkedHashMap<>(); // not now, as far as is known
    private final Set<Target> toldSkipped = new LinkedHashSet<>();
    private Optional<Instant> moment = Optional.empty(); // when targets were looked at last, once somebody has asked
    private Roster roster;
    private boolean stands; // whether the first order is written down
    private Deadline until;
    private Optional<Contender> only = Optional.empty(); // the one that is waited for, and nobody else
    private Optional<Stay> stay = Optional.empty(); // in the room, this time
    private Optional<PluginDefect> defect = Optional.empty();

    /** A stay in the waiting room, as it began. */
    private record Stay(long since, int position, String reason) {

        /** {@code 1.204 s, at first behind 2: the gate one is full}. */
        String words(long now) {
            String place = position == 1 ? "first in line" : "at first behind %d".formatted(position - 1);
            return String.format(Locale.ROOT, "%.3f s, %s: %s", (now - since) / 1e9, place, reason);
        }
    }

    Visit(Journey journey) throws InterruptedException {
        this.journey = journey;
        this.until = journey.deadline();
        this.roster = new Roster(this);
    }

    Journey journey() {
        return journey;
    }

    /** Goes in for whoever can be tried first. */
    void anyOne() {
        enters(
                Optional.empty(),
                journey.deadline().within(journey.profile().limits().waiting()));
    }

    /** Goes in for that one and nobody else. */
    void only(Awaited one) {
        enters(Optional.of(one.contender()), one.until());
    }

    private void enters(Optional<Contender> wanted, Deadline latest) {
        only = wanted;
        until = latest;
        stay = Optional.empty();
    }

    /** The journey goes on in another profile. */
    void goOn() throws InterruptedException {
        roster = new Roster(this);
    }

    /** A target was tried in vain. */
    void tried(Target target) {
        tried.add(target);
    }

    /** Why targets that were not tried cannot be taken, as far as is known. */
    List<Reason> excluded() {
        return excluded.values().stream()
                .filter(reason -> !tried.contains(reason.target()))
                .toList();
    }

    /** The defect of a plugin that ends the request, if there was one. */
    Optional<PluginDefect> defect() {
        return defect;
    }

    /** Writes down that it had to wait for that target, if it had. */
    void waited(Target target) {
        stay.ifPresent(began -> journey.trace()
                .step(
                        target,
                        "waited",
                        "room",
                        began.words(journey.engine().time().nanos())));
    }

    /** Writes down how the targets stand, without going anywhere. */
    void look() {
        moment = Optional.empty();
        roster.order(each -> true);
        if (defect.isPresent()) {
            throw defect.get();
        }
    }

    // What the waiting room asks.

    @Override
    public Priority priority() {
        return Priorities.of(journey);
    }

    @Override
    public Duration maxOvertaken() {
        return journey.profile().limits().maxOvertaken();
    }

    @Override
    public Deadline until() {
        return until;
    }

    @Override
    public Cancellation cancellation() {
        return journey.original().cancellation();
    }

    /** What guards read of the request for that need not be read in the room, where they are asked under its lock. */
    @Override
    public Optional<List<? extends Door>> foreseen() {
        try (Reading ignored = journey.request().reading()) {
            return Optional.of(doors());
        }
    }

    @Override
    public List<Contender> doors() {
        if (defect.isPresent()) {
            return List.of();
        }
        try {
            moment = Optional.empty();
            List<Contender> order = roster.order(this::open);
            boolean all = journey.profile().spill() || order.isEmpty();
            return all ? order : List.of(order.getFirst());
        } catch (PluginDefect bug) {
            failed(bug);
            return List.of();
        }
    }

    private boolean open(Contender contender) {
        return only.map(one -> one == contender).orElseGet(() -> !tried.contains(contender.target()));
    }

    @Override
    public void waits(int position, String reason) {
        Engine engine = journey.engine();
        stay = Optional.of(new Stay(engine.time().nanos(), position, reason));
        journey.tell(() ->
                new RouterEvent.Waiting(engine.time().now(), journey.trace().id(), position, reason));
    }

    // What the roster and its contenders ask and tell.

    @Override
    public Instant moment() {
        if (moment.isEmpty()) {
            moment = Optional.of(journey.engine().time().now());
        }
        return moment.get();
    }

    /** The order in which targets are to be tried was found: the first one is written down. */
    void ordered(List<Contender> order) {
        if (!stands) {
            stands = true;
            List<RouteTrace.Standing> chain = new ArrayList<>(order.size() + excluded.size());
            order.forEach(contender -> chain.add(contender.standing()));
            excluded.values().forEach(reason -> chain.add(reason.standing()));
            journey.trace().stood(List.copyOf(chain));
        }
    }

    /** A target cannot be taken, now or at all. */
    void excluded(Reason reason) {
        excluded.put(reason.target(), reason);
        if (toldSkipped.add(reason.target())) {
            journey.skipped(reason);
        }
    }

    @Override
    public void excluded(Target target, String by, Refusal refusal) {
        excluded(Reason.of(target, by, refusal));
    }

    @Override
    public Optional<Reason> against(Target target) {
        return Optional.ofNullable(excluded.get(target));
    }

    @Override
    public void admitted(Target target) {
        excluded.remove(target);
    }

    @Override
    public void failed(PluginDefect bug) {
        defect = Optional.of(bug);
    }

    @Override
    public boolean defective() {
        return defect.isPresent();
    }
}
