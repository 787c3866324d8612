package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Priority;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Retry;
import dev.signalbox.core.room.Entry;
import dev.signalbox.core.room.RoomException;
import dev.signalbox.core.room.Visitor;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The search for a target that answers: into the waiting room, out of it with one of them, and in again if that one
 * fails and another may be tried. The request's thread searches; the waiting room asks for doors under its own lock, on
 * any thread, and only while the request's thread is in the room.
 */
final class Search implements Visitor, Judged {

    private final Journey journey;
    private final Engine engine;
    private Roster roster; // written by the request's thread while it is not in the room
    private final List<Reason> reasons = new ArrayList<>(); // of what was tried, in order
    private final Set<Target> tried = new LinkedHashSet<>();
    private final Map<Target, Reason> excluded = new LinkedHashMap<>(); // not now, as far as is known
    private final Set<Target> toldSkipped = new LinkedHashSet<>();
    private boolean stands; // whether the first order is written down; room's lock
    private Deadline waitUntil;
    private Optional<Awaited> awaited = Optional.empty(); // the one that is being waited for, and nobody else
    private int attempts; // in this profile; the request's thread
    private Optional<Stay> stay = Optional.empty(); // in the room, this time; the request's thread
    private Optional<PluginDefect> defect = Optional.empty();

    /** A target that is waited for because of a failure: until it is loaded, or has rested. */
    private record Awaited(Contender contender, Failure cause) {

        boolean loads() {
            return cause.kind() == FailureKind.LOADING;
        }
    }

    /** A stay in the waiting room, as it began. */
    private record Stay(long since, int position, String reason) {

        /** {@code 1.204 s, at first behind 2: the gate one is full}. */
        String words(long now) {
            String place = position == 1 ? "first in line" : "at first behind %d".formatted(position - 1);
            return String.format(Locale.ROOT, "%.3f s, %s: %s", (now - since) / 1e9, place, reason);
        }
    }

    Search(Journey journey) throws InterruptedException {
        this.journey = journey;
        this.engine = journey.engine();
        this.waitUntil = journey.deadline();
        this.roster = new Roster(this);
    }

    Journey journey() {
        return journey;
    }

    /** Tries targets until one commits. */
    RoutedResponse run() throws InterruptedException {
        while (true) {
            Optional<Contender> entered = enter();
            if (entered.isEmpty()) {
                continue;
            }
            try {
                return attempt(entered.get());
            } catch (BackendException failed) {
                afterFailure(entered.get(), failed.failure());
            }
        }
    }

    /** Waits until a target can be tried; empty if the one that was waited for is given up, and others are left. */
    private Optional<Contender> enter() throws InterruptedException {
        if (awaited.isEmpty()) {
            waitUntil = journey.deadline().within(journey.profile().limits().waiting());
        }
        Entry entry;
        stay = Optional.empty();
        try {
            entry = engine.room().enter(this);
        } catch (RoomException nobody) {
            turnedAway(nobody);
            return Optional.empty();
        }
        awaited = Optional.empty();
        Contender contender = (Contender) entry.door();
        contender.begin(entry);
        waited(contender.target());
        journey.tell(() -> new RouterEvent.Attempted(
                engine.time().now(), journey.trace().id(), contender.target(), entry.waited()));
        return Optional.of(contender);
    }

    /** One attempt, up to its commit. */
    private RoutedResponse attempt(Contender contender) throws BackendException, InterruptedException {
        Trial trial = contender.trial();
        try {
            Upstream upstream = trial.exchange();
            Answering answer = Answering.of(trial, upstream);
            answer.open();
            return committed(trial, upstream, answer);
        } catch (BackendException failed) {
            boolean left = trial.abandoned();
            trial.end(left ? new Outcome.ClientLeft() : new Outcome.Failed(failed.failure()), Optional.empty());
            if (left) {
                journey.trace().step(contender.target(), "client-left", "", "");
                throw journey.left(trial.stopped(Stop.CLOSING));
            }
            throw failed;
        } catch (InterruptedException ended) {
            trial.end(new Outcome.ClientLeft(), Optional.empty());
            throw ended;
        } catch (Throwable bug) {
            trial.end(new Outcome.Failed(Failure.of(FailureKind.DEFECT, bug.toString())), Optional.empty());
            throw bug;
        }
    }

    private RoutedResponse committed(Trial trial, Upstream upstream, Answering answer) throws BackendException {
        Target target = trial.contender().target();
        trial.commit();
        journey.trace().step(target, "answered", "", "");
        CommittedResponse response = new CommittedResponse(trial, upstream, answer);
        journey.tell(() -> new RouterEvent.Committed(
                engine.time().now(),
                journey.trace().id(),
                target,
                trial.firstContent().orElse(Duration.ZERO)));
        journey.bodyIsDone();
        trial.answers(response);
        return response;
    }

    private void afterFailure(Contender contender, Failure failure) throws InterruptedException {
        Target target = contender.target();
        journey.trace().step(target, failure.kind().id(), "", failure.message());
        journey.tell(() -> new RouterEvent.AttemptFailed(
                engine.time().now(), journey.trace().id(), target, failure));
        if (failure.kind() == FailureKind.LOADING) {
            waitUntil = contender.loads(journey.deadline());
            awaited = Optional.of(new Awaited(contender, failure));
            engine.prober().lookSoon(contender.member());
        } else if (!triesAgain(contender, failure)) {
            giveUp(target, failure);
        }
    }

    /** Whether the same target is tried again, after a rest that the deadline allows. */
    private boolean triesAgain(Contender contender, Failure failure) {
        Retry retry = journey.profile().retry();
        if (!retry.again(failure.kind(), contender.again())) {
            return false;
        }
        Duration own =
                retry.pause(contender.again(), ThreadLocalRandom.current().nextDouble());
        Duration pause =
                failure.retryAfter().filter(asked -> asked.compareTo(own) > 0).orElse(own);
        if (pause.compareTo(journey.deadline().remaining()) >= 0) {
            return false;
        }
        contender.rest(engine.time().now().plus(pause));
        awaited = Optional.of(new Awaited(contender, failure));
        waitUntil = journey.deadline();
        return true;
    }

    /** Goes on to the next target, if it may. */
    private void giveUp(Target target, Failure failure) throws InterruptedException {
        Reason reason = Reason.of(target, failure);
        tried.add(target);
        reasons.add(reason);
        attempts++;
        FailureKind kind = failure.kind();
        if (takesRoad(target, Optional.of(kind))) {
            return;
        }
        if (!kind.mayFallBack() || !journey.profile().fallBackOn().contains(kind)) {
            throw failure(Optional.of(reason));
        }
        boolean more = journey.mayFallBack() && attempts < journey.profile().attempts();
        if (!more || journey.deadline().expired()) {
            throw failure(Optional.empty());
        }
    }

    /** Whether the profile says where to go on for that kind of failure; then the search goes on there. */
    private boolean takesRoad(Target target, Optional<FailureKind> kind) throws InterruptedException {
        Optional<String> name =
                kind.flatMap(each -> Optional.ofNullable(journey.profile().on().get(each)));
        if (name.isEmpty() || !journey.mayFallBack() || journey.deadline().expired()) {
            return false;
        }
        Profile profile = requireNonNull(journey.plan().settings().profiles().get(name.get()));
        String by = "%s, on %s".formatted(journey.choice().by(), kind.get());
        journey.note("engine", "%s of %s leads to the profile %s".formatted(kind.get(), target, profile.name()));
        journey.goOn(new Choice(by, profile, true, journey.choice().priority()));
        roster = new Roster(this);
        attempts = 0;
        return true;
    }

    /** Writes down that it had to wait for that target, if it had. */
    private void waited(Target target) {
        stay.ifPresent(began -> journey.trace()
                .step(target, "waited", "room", began.words(engine.time().nanos())));
    }

    private void turnedAway(RoomException nobody) throws InterruptedException {
        nobody.heldUp().keySet().stream().findFirst().ifPresent(this::waited);
        if (defect.isPresent()) {
            throw defect.get();
        }
        switch (nobody.reason()) {
            case CANCELLED -> throw journey.left(false);
            case CLOSED -> throw journey.left(true);
            case NOWHERE, FULL, OVERDUE -> {
                if (awaited.isPresent()) {
                    stopWaitingFor(awaited.get(), nobody);
                } else {
                    noPlace(nobody);
                }
            }
        }
    }

    /** Others may still answer. */
    private void stopWaitingFor(Awaited one, RoomException nobody) throws InterruptedException {
        awaited = Optional.empty();
        Target target = one.contender().target();
        if (!one.loads()) {
            giveUp(target, one.cause());
        } else if (nobody.reason() != RoomException.Reason.NOWHERE) { // else a guard has said why
            String message = "it was still loading when the limit had passed";
            journey.trace().step(target, FailureKind.TIMED_OUT.id(), "engine", message);
            giveUp(target, Failure.of(FailureKind.TIMED_OUT, message));
        }
    }

    /** Nobody can be tried: the profile may say where to go on, for what keeps it from one of its targets. */
    private void noPlace(RoomException nobody) throws InterruptedException {
        boolean tooLate = journey.deadline().expired();
        nobody.heldUp().forEach((target, why) -> {
            Problem problem = tooLate
                    ? Problem.passing(504, "timeout", "no time was left: " + why)
                    : Problem.passing(503, "full", why(nobody) + why).retryAfter(nobody.retryAfter());
            reasons.add(new Reason(target, "full", "room", problem, false));
        });
        for (Reason reason : inTheWay()) {
            if (takesRoad(reason.target(), reason.kind())) {
                return;
            }
        }
        throw failure(Optional.empty());
    }

    /** Why targets of this profile that were not tried cannot be taken. */
    private List<Reason> inTheWay() {
        List<Target> ofProfile = journey.profile().targets();
        return Stream.concat(excluded.values().stream(), reasons.stream())
                .filter(reason -> ofProfile.contains(reason.target()) && !tried.contains(reason.target()))
                .toList();
    }

    private static String why(RoomException nobody) {
        boolean full = nobody.reason() == RoomException.Reason.FULL;
        return full ? "every place is taken and the queue is full: " : "no place became free in time: ";
    }

    private RouteException failure(Optional<Reason> decisive) {
        List<Reason> all = new ArrayList<>(excluded.values());
        all.removeIf(reason -> tried.contains(reason.target()));
        all.addAll(reasons);
        return LastWord.of(all, decisive, journey.trace().read(), journey.told());
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
        return waitUntil;
    }

    @Override
    public Cancellation cancellation() {
        return journey.original().cancellation();
    }

    @Override
    public List<Contender> doors() {
        if (defect.isPresent()) {
            return List.of();
        }
        try {
            List<Contender> order = roster.order(this::open);
            boolean all = journey.profile().spill() || order.isEmpty();
            return all ? order : List.of(order.getFirst());
        } catch (PluginDefect bug) {
            failed(bug);
            return List.of();
        }
    }

    /** Writes down how the targets stand, without going anywhere. */
    void look() {
        roster.order(each -> true);
        if (defect.isPresent()) {
            throw defect.get();
        }
    }

    /** The order in which targets are to be tried was found: the first one is written down. Room's lock. */
    void ordered(List<Contender> order) {
        if (!stands) {
            stands = true;
            journey.trace()
                    .stood(Stream.concat(
                                    order.stream().map(Contender::standing),
                                    excluded.values().stream().map(Search::standing))
                            .toList());
        }
    }

    /** How a target stands that cannot be taken. */
    static RouteTrace.Standing standing(Reason reason) {
        return new RouteTrace.Standing(
                reason.target(), "excluded", reason.by(), reason.problem().message(), List.of(), List.of());
    }

    private boolean open(Contender contender) {
        return awaited.map(one -> one.contender() == contender).orElseGet(() -> !tried.contains(contender.target()));
    }

    @Override
    public void waits(int position, String reason) {
        stay = Optional.of(new Stay(engine.time().nanos(), position, reason));
        journey.tell(() ->
                new RouterEvent.Waiting(engine.time().now(), journey.trace().id(), position, reason));
    }

    // What contenders tell.

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
