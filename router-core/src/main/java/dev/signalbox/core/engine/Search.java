package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.Cancelled;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.dialect.ReadingRefused;
import dev.signalbox.core.room.Entry;
import dev.signalbox.core.room.RoomException;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The search for a target that answers: into the waiting room, out of it with one of them, and in again if that one
 * fails and another may be tried. For the request's thread.
 */
final class Search {

    private final Journey journey;
    private final Engine engine;
    private final Visit visit;
    private final List<Reason> reasons = new ArrayList<>(); // of what was tried, in order
    private Optional<Awaited> awaited = Optional.empty();
    private int attempts; // in this profile

    Search(Journey journey) throws InterruptedException {
        this.journey = journey;
        this.engine = journey.engine();
        this.visit = new Visit(journey);
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
        awaited.ifPresentOrElse(visit::only, visit::anyOne);
        Entry entry;
        try {
            entry = engine.room().enter(visit);
        } catch (RoomException nobody) {
            turnedAway(nobody);
            return Optional.empty();
        }
        awaited = Optional.empty();
        Contender contender = (Contender) entry.door();
        contender.begin(entry);
        visit.waited(contender.target());
        journey.tell(() -> new RouterEvent.Attempted(
                engine.time().now(), journey.trace().id(), contender.target(), entry.waited()));
        return Optional.of(contender);
    }

    /** One attempt, up to its commit. */
    private RoutedResponse attempt(Contender contender) throws BackendException, InterruptedException {
        Trial trial = contender.trial();
        try {
            return committed(trial, heard(trial));
        } catch (BackendException failed) {
            boolean left = trial.abandoned();
            trial.end(left ? new Outcome.ClientLeft() : new Outcome.Failed(failed.failure()), Optional.empty());
            if (left) {
                throw abandoned(trial);
            }
            throw failed;
        } catch (InterruptedException | ReadingRefused nobodysFault) {
            trial.end(new Outcome.ClientLeft(), Optional.empty());
            throw nobodysFault;
        } catch (Throwable bug) {
            trial.end(new Outcome.Failed(Failure.of(FailureKind.DEFECT, bug.toString())), Optional.empty());
            throw bug;
        }
    }

    /** Once more, should the model refuse where the system speaks, at the head of its reply or inside it. */
    private Heard heard(Trial trial) throws BackendException, InterruptedException {
        Contender contender = trial.contender();
        try {
            return Heard.of(trial, trial.exchange());
        } catch (BackendException failed) {
            if (!LaterSystem.refused(contender, failed.failure())) {
                throw failed;
            }
        }
        contender.sayAsUser();
        Heard answered = Heard.of(trial, trial.exchangeAgain());
        LaterSystem.learn(contender);
        return answered;
    }

    /** A reply that is read up to its first content. */
    private record Heard(Upstream upstream, Answering answer) {

        static Heard of(Trial trial, Upstream upstream) throws BackendException, InterruptedException {
            Answering answer = Answering.of(trial, upstream);
            answer.open();
            return new Heard(upstream, answer);
        }
    }

    /** Nobody is to blame: the client has left, or the router is closing. */
    private Cancelled abandoned(Trial trial) {
        boolean closing = trial.stopped(Stop.CLOSING);
        journey.trace()
                .step(
                        trial.contender().target(),
                        closing ? "closing" : "client-left",
                        closing ? "engine" : "",
                        closing ? "the router is closing" : "");
        return journey.left(closing);
    }

    private RoutedResponse committed(Trial trial, Heard heard) throws BackendException {
        Target target = trial.contender().target();
        trial.commit();
        journey.trace().step(target, "answered", "", "");
        CommittedResponse response = new CommittedResponse(trial, heard.upstream(), heard.answer());
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
        engine.prober().failed(contender.member(), failure);
        awaited = Awaited.after(contender, failure);
        if (awaited.isEmpty()) {
            giveUp(target, failure);
        }
    }

    /** Goes on to the next target, if it may. */
    private void giveUp(Target target, Failure failure) throws InterruptedException {
        Reason reason = Reason.of(target, failure);
        visit.tried(target);
        reasons.add(reason);
        attempts++;
        FailureKind kind = failure.kind();
        if (takesRoad(target, Optional.of(kind))) {
            return;
        }
        if (!kind.mayFallBack() || !journey.profile().fallBackOn().contains(kind)) {
            throw failure(Optional.of(reason));
        }
        throwIfLast();
    }

    private void throwIfLast() {
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
        visit.goOn();
        attempts = 0;
        return true;
    }

    private void turnedAway(RoomException nobody) throws InterruptedException {
        nobody.heldUp().keySet().stream().findFirst().ifPresent(visit::waited);
        if (visit.defect().isPresent()) {
            throw visit.defect().get();
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
        } else if (nobody.reason() == RoomException.Reason.FULL) {
            mayNotWaitFor(target, full(nobody));
        } else if (nobody.reason() != RoomException.Reason.NOWHERE) { // else a guard has said why
            String message = "it was still loading when the limit had passed";
            journey.trace().step(target, FailureKind.TIMED_OUT.id(), "engine", message);
            giveUp(target, Failure.of(FailureKind.TIMED_OUT, message));
        }
    }

    /** It loads, and too many wait already: as good as full, for this request. */
    private void mayNotWaitFor(Target target, List<Reason> full) throws InterruptedException {
        visit.tried(target);
        reasons.addAll(full);
        attempts++;
        if (!takesRoad(target, Optional.of(FailureKind.OVERLOADED))) {
            throwIfLast();
        }
    }

    /** Nobody can be tried: the profile may say where to go on, for what keeps it from one of its targets. */
    private void noPlace(RoomException nobody) throws InterruptedException {
        List<Reason> full = full(nobody);
        reasons.addAll(full);
        List<Target> ofProfile = journey.profile().targets();
        List<Reason> inTheWay = Stream.concat(visit.excluded().stream(), full.stream())
                .filter(reason -> ofProfile.contains(reason.target()))
                .toList();
        for (Reason reason : inTheWay) {
            if (takesRoad(reason.target(), reason.kind())) {
                return;
            }
        }
        throw failure(Optional.empty());
    }

    /** What kept it out of targets that it might have gone to. */
    private List<Reason> full(RoomException nobody) {
        boolean tooLate = journey.deadline().expired();
        List<Reason> full = new ArrayList<>();
        nobody.heldUp().forEach((target, why) -> {
            Problem problem = tooLate
                    ? Problem.passing(504, "timeout", "no time was left: " + why)
                    : Problem.passing(503, "full", why(nobody) + why).retryAfter(nobody.retryAfter());
            full.add(new Reason(target, "full", "room", problem, false));
        });
        return full;
    }

    private static String why(RoomException nobody) {
        boolean full = nobody.reason() == RoomException.Reason.FULL;
        return full ? "every place is taken and the queue is full: " : "no place became free in time: ";
    }

    private RouteException failure(Optional<Reason> decisive) {
        List<Reason> all = new ArrayList<>(visit.excluded());
        all.addAll(reasons);
        return LastWord.of(all, decisive, journey.trace().read(), journey.told());
    }
}
