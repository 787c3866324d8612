package dev.signalbox.core.engine;

import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Edit;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace.Outcome;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.Unroutable;
import dev.signalbox.api.Usage;
import dev.signalbox.core.config.Condition.MatcherDefect;
import dev.signalbox.core.config.EngineSettings.Expose;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.room.Entry;
import dev.signalbox.core.room.Priority;
import dev.signalbox.core.room.RoomException;
import dev.signalbox.core.room.Visitor;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request's way to its answer: match, screen, resolve, then attempts until one commits. The request's thread walks
 * it; the waiting room asks it for doors under its own lock, on any thread.
 */
final class Journey implements Visitor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.signalbox.route");

    private final Engine engine;
    private final Plan plan;
    private final RouteRequest original;
    private final ParsedRequest request;
    private final TraceLog trace;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final List<Reason> reasons = new ArrayList<>(); // the request's thread
    private final Set<Target> tried = new LinkedHashSet<>(); // written by the request's thread while it is in no room
    private final Map<Target, Reason> excluded =
            new LinkedHashMap<>(); // room's lock, or the request's thread outside it
    private final List<Edit> screened = new ArrayList<>(0); // the request's thread
    private Choice choice = new Choice("", Profile.of("", List.of()), true); // the request's thread, before the room
    private Deadline deadline;
    private Deadline waitUntil;
    private Optional<Contender> loading = Optional.empty(); // the one that is being waited for; outside the room
    private volatile Optional<BackendException> defect = Optional.empty();
    private Optional<Roster> roster = Optional.empty();

    Journey(Engine engine, Plan plan, RouteRequest original, ParsedRequest request, TraceLog trace) {
        this.engine = engine;
        this.plan = plan;
        this.original = original;
        this.request = request;
        this.trace = trace;
        this.deadline = Deadline.after(Profile.of("", List.of()).limits().total(), engine.time()::nanos);
        this.waitUntil = deadline;
    }

    Engine engine() {
        return engine;
    }

    Plan plan() {
        return plan;
    }

    ParsedRequest request() {
        return request;
    }

    RouteRequest original() {
        return original;
    }

    Profile profile() {
        return choice.profile();
    }

    TraceLog trace() {
        return trace;
    }

    Deadline deadline() {
        return deadline;
    }

    /** What guards want changed whatever the target. */
    List<Edit> screened() {
        return screened;
    }

    /** Whether answers tell the client what was decided. */
    boolean told() {
        return plan.settings().engine().expose() == Expose.ALL;
    }

    /** The whole way, up to the commit. */
    RoutedResponse go() throws InterruptedException {
        trace.asked(request.model());
        match();
        screen();
        roster = Optional.of(new Roster(this));
        while (true) {
            Contender contender = enter();
            try {
                RoutedResponse answer = engine.attempt(this, contender);
                told(contender);
                return answer;
            } catch (BackendException failed) {
                afterFailure(contender, failed.failure());
            }
        }
    }

    private void match() throws InterruptedException {
        if (Loops.closed(original.headers(), engine.instanceId())) {
            throw new Unroutable(
                    Problem.permanent(
                            508,
                            "loop_detected",
                            "this request has already passed this router: a backend leads back here"),
                    trace.read());
        }
        try {
            choice = new Naming(engine, plan, request, request.profile(), trace).choose(deadline);
        } catch (MatcherDefect defective) {
            throw failure(Reason.of(
                    new Target("signalbox", "rules"),
                    Failure.of(FailureKind.DEFECT, String.valueOf(defective.getMessage()))));
        }
        trace.chose(choice.by(), choice.profile().name());
        deadline = deadline.within(profile().limits().total());
        if (original.headers()
                .first("X-Signalbox-Fallback")
                .filter("off"::equalsIgnoreCase)
                .isPresent()) {
            choice = new Choice(choice.by(), choice.profile(), false);
        }
    }

    private void screen() {
        for (var active : plan.guards()) {
            Ruling ruling;
            try {
                ruling = active.guard().screen(new Screening(request, profile().name(), active.settingsIn(profile())));
            } catch (RuntimeException bug) {
                defect("the guard " + active.type(), bug);
                throw defective();
            }
            switch (ruling) {
                case Ruling.Pass pass -> pass.notes().forEach(note -> note(active.type(), note));
                case Ruling.Change change -> {
                    screened.addAll(change.edits());
                    change.notes().forEach(note -> note(active.type(), note));
                }
                case Ruling.Refuse refuse -> throw refused(active.type(), refuse.refusal());
            }
        }
    }

    private RouteException refused(String by, Refusal refusal) {
        trace.note(by, refusal.message());
        Problem problem = new Problem(
                refusal.kind().status(),
                refusal.kind().code(),
                refusal.message(),
                refusal.retryAfter(),
                refusal.kind().permanent(),
                refusal.details());
        return problem.permanent() ? new Unroutable(problem, trace.read()) : new Exhausted(problem, trace.read());
    }

    /** Waits until a target can be tried. */
    private Contender enter() throws InterruptedException {
        waitUntil = loading.isPresent()
                ? waitUntil
                : deadline.within(profile().limits().waiting());
        try {
            Entry entry = engine.room().enter(this);
            Contender contender = (Contender) entry.door();
            engine.let(contender, entry);
            loading = Optional.empty();
            return contender;
        } catch (RoomException nobody) {
            defect.ifPresent(bug -> {
                throw defective();
            });
            throw left(nobody);
        }
    }

    private RouteException left(RoomException nobody) {
        return switch (nobody.reason()) {
            case CANCELLED, CLOSED ->
                new Cancelled(
                        Problem.passing(499, "cancelled", "the request was cancelled while it waited"), trace.read());
            case NOWHERE -> failure();
            case FULL ->
                new Exhausted(
                        Problem.passing(
                                        503,
                                        "full",
                                        "every place is taken and the queue is full: " + nobody.getMessage())
                                .retryAfter(nobody.retryAfter()),
                        trace.read());
            case OVERDUE -> overdue(nobody);
        };
    }

    private RouteException overdue(RoomException nobody) {
        if (loading.isPresent()) {
            Contender waited = loading.get();
            tried.add(waited.target());
            return failure(Reason.of(
                    waited.target(),
                    Failure.of(FailureKind.TIMED_OUT, "it was still loading when the limit had passed")));
        }
        return new Exhausted(
                Problem.passing(503, "full", "no place became free in time: " + nobody.getMessage())
                        .retryAfter(nobody.retryAfter().or(() -> Optional.of(Duration.ofSeconds(5)))),
                trace.read());
    }

    private void afterFailure(Contender contender, Failure failure) throws InterruptedException {
        Target target = contender.target();
        trace.step(target, failure.kind().id(), "", failure.message());
        tell(() -> new RouterEvent.AttemptFailed(engine.time().now(), trace.id(), target, failure));
        if (original.cancellation().cancelled()) {
            throw new Cancelled(Problem.passing(499, "cancelled", "the client left"), trace.read());
        }
        if (failure.kind() == FailureKind.LOADING) {
            contender.waitsForLoading(engine.time().now());
            loading = Optional.of(contender);
            waitUntil = deadline.within(profile().limits().firstContent());
            engine.lookSoon(contender.member());
            return;
        }
        tried.add(target);
        reasons.add(Reason.of(target, failure));
        boolean goesOn = failure.kind().mayFallBack()
                && profile().fallBackOn().contains(failure.kind())
                && choice.fallback()
                && tried.size() < profile().attempts()
                && !deadline.expired();
        if (!goesOn) {
            throw failure();
        }
    }

    private RouteException failure(Reason reason) {
        reasons.add(reason);
        return failure();
    }

    private RouteException failure() {
        List<Reason> all = new ArrayList<>(excluded.values());
        all.removeIf(reason -> tried.contains(reason.target()));
        all.addAll(reasons);
        return LastWord.of(all, trace.read(), told());
    }

    private RouteException defective() {
        Failure bug = defect.map(BackendException::failure).orElseThrow();
        return LastWord.of(List.of(Reason.of(new Target("signalbox", "plugin"), bug)), trace.read(), told());
    }

    /** A plugin's own bug: told by name, never papered over. */
    void defect(String who, RuntimeException bug) {
        LOG.error("{} failed: its own bug, reported as such.", who, bug);
        defect = Optional.of(
                new BackendException(Failure.of(FailureKind.DEFECT, "%s failed: %s".formatted(who, bug)), bug));
    }

    // What the waiting room asks.

    @Override
    public Priority priority() {
        return Priorities.of(original.headers());
    }

    @Override
    public Duration maxOvertaken() {
        return profile().limits().maxOvertaken();
    }

    @Override
    public Deadline until() {
        return waitUntil;
    }

    @Override
    public Cancellation cancellation() {
        return original.cancellation();
    }

    @Override
    public List<Contender> doors() {
        if (defect.isPresent()) {
            return List.of();
        }
        if (loading.isPresent()) {
            return List.of(loading.get());
        }
        try {
            List<Contender> order =
                    roster.orElseThrow().order(contender -> !tried.contains(contender.target()), choice.fallback());
            return profile().spill() || order.isEmpty() ? order : List.of(order.getFirst());
        } catch (RuntimeException bug) {
            defect("a guard or selector", bug);
            return List.of();
        }
    }

    @Override
    public void waits(int position, String reason) {
        tell(() -> new RouterEvent.Waiting(engine.time().now(), trace.id(), position, reason));
    }

    // What is written down on the way.

    void note(String by, String note) {
        trace.note(by, note);
    }

    /** A target was left out because it cannot take the request at all. */
    void skipped(Reason reason) {
        if (excluded.putIfAbsent(reason.target(), reason) == null) {
            trace.step(reason.target(), "skipped", reason.by(), reason.problem().message());
            tell(() -> new RouterEvent.Skipped(
                    engine.time().now(),
                    trace.id(),
                    reason.target(),
                    reason.by(),
                    reason.problem().message()));
        }
    }

    /** A guard excluded a target; it may admit it when it is asked again. */
    void excluded(Target target, String by, Refusal refusal) {
        Reason reason = Reason.of(target, by, refusal);
        if (excluded.put(target, reason) == null) {
            trace.step(target, "skipped", by, refusal.message());
            tell(() -> new RouterEvent.Skipped(engine.time().now(), trace.id(), target, by, refusal.message()));
        }
    }

    private void told(Contender contender) {
        if (!tried.isEmpty()) {
            LOG.info("{} answered by {} after {}", trace.id(), contender.target(), Steps.brief(trace.read()));
        }
    }

    void tell(java.util.function.Supplier<RouterEvent> event) {
        if (engine.events().heard()) {
            engine.events().tell(event.get());
        }
    }

    /** No later target will need the body: gives it back before the answer is relayed. */
    void bodyIsDone() {
        if (!plan.guards().isEmpty()) {
            request.approximateTokens(); // what guards may still ask has to be read before
        }
        original.body().close();
    }

    /** The request is over: told once. */
    void finish(Outcome outcome, Optional<Usage> usage) {
        if (finished.compareAndSet(false, true)) {
            trace.ended(outcome);
            original.body().close();
            plan.letGo();
            tell(() -> new RouterEvent.Finished(engine.time().now(), trace.read(), usage));
        }
    }

    /** How a request ended that got no answer. */
    static Outcome outcomeOf(RouteException failure) {
        return switch (failure) {
            case Unroutable ignored -> Outcome.REFUSED;
            case Exhausted ignored -> Outcome.FAILED;
            case Cancelled ignored -> Outcome.CLIENT_LEFT;
            case BrokenOff ignored -> Outcome.BROKEN_OFF;
        };
    }
}
