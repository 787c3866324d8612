package dev.signalbox.core.engine;

import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Edit;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RouteTrace.Outcome;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.Unroutable;
import dev.signalbox.api.Usage;
import dev.signalbox.core.config.Condition.MatcherDefect;
import dev.signalbox.core.config.EngineSettings.Expose;
import dev.signalbox.core.config.Limits;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.ReadingRefused;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One request's way to its answer: match, screen, then the search for a target that answers. The request's thread walks
 * it and alone writes what is not final; any thread may note, tell and finish.
 */
final class Journey {

    private final Engine engine;
    private final Plan plan;
    private final RouteRequest original;
    private final ParsedRequest request;
    private final TraceLog trace;
    private final Diary diary;
    private final boolean explains;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final Screen screen;
    private Wishes wishes = new Wishes(true, Optional.empty());
    private Choice choice = Choice.OPEN;
    private volatile List<Target> chain = List.of(); // of the choice; empty until somebody asks for it
    private volatile List<PluginConfig> settings = List.of(); // of the guards; empty until somebody asks for them
    private Assignment assignment = Assignment.NONE;
    private Deadline deadline;

    /**
     * A journey about to begin.
     *
     * @param explains whether it only says where it would go: nobody is told, asked or looked at
     */
    Journey(Engine engine, Plan plan, RouteRequest original, ParsedRequest request, TraceLog trace, boolean explains) {
        this.engine = engine;
        this.plan = plan;
        this.original = original;
        this.request = request;
        this.trace = trace;
        this.diary = new Diary(engine.time(), trace, explains ? Events.UNHEARD : plan.events());
        this.explains = explains;
        this.deadline = until(Limits.DEFAULT);
        this.screen = new Screen(this);
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

    Choice choice() {
        return choice;
    }

    /** What it says itself of how it wants to be treated. */
    Wishes wishes() {
        return wishes;
    }

    /** The targets of the profile, by the names their backends listed when they were first asked for. Any thread may ask. */
    List<Target> chain() {
        List<Target> known = chain;
        if (known.isEmpty()) {
            List<Target> listed = new ArrayList<>(profile().targets());
            listed.replaceAll(plan::listed);
            known = Collections.unmodifiableList(listed);
            chain = known;
        }
        return known;
    }

    /** What the profile says for each guard, in their order. Any thread may ask. */
    List<PluginConfig> settings() {
        List<PluginConfig> known = settings;
        if (known.isEmpty()) {
            List<PluginConfig> read = new ArrayList<>(plan.guards().size());
            plan.guards().forEach(active -> read.add(active.settingsIn(profile())));
            known = Collections.unmodifiableList(read);
            settings = known;
        }
        return known;
    }

    /** Who is to do it, if it is a task. */
    Assignment assignment() {
        return assignment;
    }

    /** Whether the chain may be gone past its first entry. */
    boolean mayFallBack() {
        return choice.fallback();
    }

    TraceLog trace() {
        return trace;
    }

    /** When all must have ended. */
    Deadline deadline() {
        return deadline;
    }

    /** What guards want changed whatever the target. */
    List<Edit> screened() {
        return screen.edits();
    }

    /** Whether answers tell the client what was decided. */
    boolean told() {
        return plan.settings().engine().expose() == Expose.ALL;
    }

    /** Whether nothing is done, only said. */
    boolean explains() {
        return explains;
    }

    /** Where it would go, as things are. */
    RouteTrace explain() throws InterruptedException {
        try {
            trace.asked(request.model());
            match();
            screen.ask();
            if (request.dialect().occupies()) {
                new Visit(this).look();
            } else {
                new Counting(this).look();
            }
        } catch (MatcherDefect | PluginDefect bug) {
            trace.failed(Mishap.defective(bug, this).problem());
        } catch (ReadingRefused refused) {
            trace.failed(Mishap.unread(refused, this).problem());
        } catch (RouteException refused) {
            trace.failed(refused.problem());
        } finally {
            request.forget();
            closeBody();
            plan.letGo();
        }
        return trace.read();
    }

    /** The whole way, up to the commit; however it ends, it is told. */
    RoutedResponse go() throws InterruptedException {
        try {
            tell(() -> new RouterEvent.Received(
                    engine.time().now(),
                    trace.id(),
                    request.dialect().id(),
                    request.model(),
                    request.caller().name()));
            return walk();
        } catch (RouteException failed) {
            trace.failed(failed.problem());
            finish(outcomeOf(failed), Optional.empty());
            throw failed;
        } catch (InterruptedException left) {
            finish(Outcome.CLIENT_LEFT, Optional.empty());
            throw left;
        } catch (Throwable bug) {
            finish(Outcome.FAILED, Optional.empty());
            throw bug;
        }
    }

    private RoutedResponse walk() throws InterruptedException {
        trace.asked(request.model());
        try {
            match();
            screen.ask();
            return request.dialect().occupies() ? new Search(this).run() : new Counting(this).run();
        } catch (MatcherDefect | PluginDefect bug) {
            throw Mishap.defective(bug, this);
        } catch (ReadingRefused refused) {
            throw Mishap.unread(refused, this);
        }
    }

    private void match() throws InterruptedException {
        assignment = Assigning.of(this);
        assignment.rules().forEach(trace::ruled);
        if (Loops.closed(original.headers(), engine.instanceId())) {
            throw new Unroutable(
                    Problem.permanent(
                            508,
                            "loop_detected",
                            "this request has already passed this router: a backend leads back here"),
                    trace.read());
        }
        wishes = Wishes.of(this);
        Choice found = new Naming(this).choose();
        choice = wishes.fallback() ? found : found.withoutFallback();
        trace.chose(choice.by(), choice.profile().name());
        endsBy(until(profile().limits()));
    }

    /** Goes on in another profile: what guards want of the request there is asked anew. Its time does not begin again. */
    void goOn(Choice other) {
        choice = other;
        chain = List.of();
        settings = List.of();
        trace.chose(choice.by(), choice.profile().name());
        endsBy(deadline.earlier(until(profile().limits())));
        screen.ask();
    }

    private void endsBy(Deadline latest) {
        deadline = latest;
        request.endsBy(latest);
    }

    private Deadline until(Limits limits) {
        Duration left = limits.total().minus(trace.sofar());
        return Deadline.after(left.isNegative() ? Duration.ZERO : left, engine.time()::nanos);
    }

    /** It ends because nobody waits for it any more. */
    Cancelled left(boolean closing) {
        Problem problem = closing
                ? Problem.passing(503, "closed", "the router is closing")
                : Problem.passing(Cancelled.BY_CALLER, "cancelled", "the request was cancelled");
        return new Cancelled(problem, trace.read());
    }

    /** Ends it if nobody waits for it any more. */
    void throwIfOver() {
        if (original.cancellation().cancelled()) {
            throw left(false);
        }
        if (engine.ending().cancelled()) {
            throw left(true);
        }
    }

    // What is told on the way.

    /** Something a guard or the engine has to say. */
    void note(String by, String note) {
        diary.note(by, note);
    }

    /** A target was left out. */
    void skipped(Reason reason) {
        diary.skipped(reason);
    }

    void tell(Supplier<RouterEvent> event) {
        diary.tell(event);
    }

    /** No later target will need the body: gives it back before the answer is relayed. */
    void bodyIsDone() {
        if (!plan.guards().isEmpty()) {
            Quietly.run("the engine", "keep what guards may ask", request::bodyGoes);
        }
        closeBody();
    }

    private void closeBody() {
        if (plan.guards().isEmpty() || finished.get()) {
            request.forget();
        }
        Quietly.close("a request's body", original.body());
    }

    /** The request is over: told once. */
    void finish(Outcome outcome, Optional<Usage> usage) {
        if (finished.compareAndSet(false, true)) {
            trace.ended(outcome);
            closeBody();
            diary.finished(outcome, usage);
            plan.letGo();
        }
    }

    /** How a request ended that got no answer. */
    static Outcome outcomeOf(RouteException failure) {
        return switch (failure) {
            case Unroutable ignored -> Outcome.REFUSED;
            case Exhausted ignored -> Outcome.FAILED;
            case Cancelled left -> left.byCaller() ? Outcome.CLIENT_LEFT : Outcome.FAILED;
            case BrokenOff ignored -> Outcome.BROKEN_OFF;
        };
    }
}
