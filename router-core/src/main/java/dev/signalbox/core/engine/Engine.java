package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.Unroutable;
import dev.signalbox.api.frame.Framing;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.EngineSettings.Expose;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.dialect.BadRequest;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.RequestReader;
import dev.signalbox.core.room.Entry;
import dev.signalbox.core.room.WaitingRoom;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Routing;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all requests share: the plan of the day, the waiting room, traffic, probes, listeners. Any thread may ask. */
public final class Engine implements Routing, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** How often a backend whose list was never read is looked at because a request wants to know. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final String instanceId = "signalbox-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final Time time;
    private final WaitingRoom room;
    private final Traffic traffic = new Traffic();
    private final Events events;
    private final Watch watch;
    private final Prober prober;
    private final Lingering lingering;
    private final Plans plans;
    private final ConcurrentSkipListMap<String, Report> reports = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<Member, Long> lastLook = new ConcurrentHashMap<>();
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed; // guarded by closing

    /**
     * An engine at work. Nothing is asked of any server before this returns.
     *
     * @param listeners told of everything, beside those the settings name
     */
    public Engine(Settings settings, Plugins plugins, List<RouterListener> listeners, Time time) {
        this.time = time;
        this.room = new WaitingRoom(time::now, time::nanos);
        this.watch = new Watch(time);
        this.lingering = new Lingering(time);
        this.prober = new Prober(time, this::probed);
        this.plans = new Plans(this, plugins);
        this.events = new Events(plans.listeners(settings, listeners));
        plans.exchange(settings);
    }

    /** Takes other settings; requests under way end under the old ones. */
    public void exchange(Settings settings) {
        plans.exchange(settings);
        events.tell(new RouterEvent.Reconfigured(time.now()));
        room.askAgain();
    }

    @Override
    public RoutedResponse route(RouteRequest request) throws InterruptedException {
        TraceLog trace =
                new TraceLog(traceId(), request.dialect(), request.caller().name(), time);
        Plan plan = plans.hold(trace);
        trace.exposed(plan.settings().engine().expose() == Expose.ALL);
        Journey journey;
        try {
            journey = new Journey(this, plan, request, read(request, trace), trace);
        } catch (RuntimeException bad) {
            plan.letGo();
            request.body().close();
            throw bad;
        }
        journey.tell(() -> new RouterEvent.Received(
                time.now(),
                trace.id(),
                request.dialect().id(),
                journey.request().model(),
                request.caller().name()));
        try {
            return journey.go();
        } catch (RouteException failed) {
            journey.finish(Journey.outcomeOf(failed), Optional.empty());
            throw failed;
        } catch (InterruptedException | RuntimeException | Error ended) {
            journey.finish(dev.signalbox.api.RouteTrace.Outcome.CLIENT_LEFT, Optional.empty());
            throw ended;
        }
    }

    private static ParsedRequest read(RouteRequest request, TraceLog trace) {
        try {
            return RequestReader.read(request);
        } catch (BadRequest bad) {
            throw new Unroutable(Problem.permanent(400, bad.code(), "" + bad.getMessage()), trace.read(), bad);
        } catch (IOException failed) {
            throw new Exhausted(
                    Problem.passing(500, "body_unreadable", "the request's body cannot be read again: " + failed),
                    trace.read(),
                    failed);
        }
    }

    /** Makes one attempt; returns at its commit. */
    RoutedResponse attempt(Journey journey, Contender contender) throws BackendException, InterruptedException {
        Trial trial = contender.trial();
        try {
            BackendReply reply = trial.exchange();
            Answering answer = answering(trial, reply);
            answer.open();
            trial.commit();
            journey.trace().step(contender.target(), "answered", "", "");
            journey.tell(() -> new RouterEvent.Committed(
                    time.now(),
                    journey.trace().id(),
                    contender.target(),
                    trial.firstContent().orElse(Duration.ZERO)));
            journey.bodyIsDone();
            return new CommittedResponse(trial, reply, answer);
        } catch (BackendException failed) {
            boolean left = trial.leftByClient();
            trial.end(left ? new Outcome.ClientLeft() : new Outcome.Failed(failed.failure()), Optional.empty());
            throw failed;
        } catch (InterruptedException | RuntimeException | Error ended) {
            trial.end(new Outcome.ClientLeft(), Optional.empty());
            throw ended;
        }
    }

    private static Answering answering(Trial trial, BackendReply reply) throws BackendException {
        String type = reply.headers().first("Content-Type").orElse("");
        Optional<Framing> framing = Framing.of(type);
        if (framing.isEmpty()) {
            return new WholeAnswer(trial, reply, type.isEmpty() || type.contains("json"));
        }
        if (!trial.journey().request().streamed()) {
            throw new BackendException(
                    FailureKind.BROKEN_REPLY, "the server answered with a stream that was not asked for");
        }
        return new FramedAnswer(trial, reply, framing.get());
    }

    /** An attempt was let in. */
    void let(Contender contender, Entry entry) {
        contender.begin(entry);
        Journey journey = contender.journey();
        journey.tell(
                () -> new RouterEvent.Attempted(time.now(), journey.trace().id(), contender.target(), entry.waited()));
    }

    /**
     * Has a backend's list read, unless it was read or is not needed. Waits for the first look; for later ones at most a
     * second, and not more often: a machine that is asleep must not hold up everybody.
     */
    void awaitList(Member member, Plan plan, Deadline deadline) throws InterruptedException {
        boolean first = member.known().probed().isEmpty();
        if (member.listed() || (!first && lookedJustNow(member))) {
            return;
        }
        Duration limit = plan.settings().engine().probeTimeout();
        lastLook.put(member, time.nanos());
        prober.look(member, limit, deadline.within(first ? limit : BETWEEN_LOOKS));
    }

    private boolean lookedJustNow(Member member) {
        Long last = lastLook.get(member);
        return last != null && time.nanos() - last < BETWEEN_LOOKS.toNanos();
    }

    /** A backend said that it is loading: look again and again until it is not. */
    void lookSoon(Member member) {
        prober.lookSoon(member);
    }

    /** Keeps places taken while a generation that closing did not end may still run. */
    void linger(Member member, Entry entry) {
        lingering.keep(member, entry);
    }

    private void probed(Member member, ProbeReport report) {
        BackendState now = report.status().state();
        if (now != report.before()) {
            String cause = report.failure()
                    .map(failure -> failure.message())
                    .orElse(report.status().detail());
            LOG.debug(
                    "{} is {} now, was {}: {}",
                    member.name(),
                    now.id(),
                    report.before().id(),
                    cause);
            events.tell(new RouterEvent.BackendChanged(time.now(), member.name(), report.before(), now, cause));
        }
        plans.now().guards().forEach(active -> {
            try {
                active.guard().probed(report);
            } catch (RuntimeException bug) {
                LOG.error("The guard {} failed on a probe.", active.type(), bug);
            }
        });
        if (report.status().load().filter(load -> load.running() == 0).isPresent()) {
            lingering.idle(member);
        }
        room.askAgain();
    }

    @Override
    public List<TargetReport> targets() {
        return TargetReports.of(plans.now(), traffic, room);
    }

    @Override
    public List<ModelEntry> models() {
        return ModelNames.of(plans.now());
    }

    /** What plugins show to operators, by name. */
    public Map<String, Report> reports() {
        return reports;
    }

    /** The guards that are at work. */
    public List<String> guards() {
        return plans.now().guards().stream().map(ActiveGuard::type).toList();
    }

    @Override
    public boolean ready() {
        return TargetReports.ready(plans.now());
    }

    void publish(Report report) {
        reports.put(report.name(), report);
    }

    String instanceId() {
        return instanceId;
    }

    Time time() {
        return time;
    }

    WaitingRoom room() {
        return room;
    }

    Traffic traffic() {
        return traffic;
    }

    Events events() {
        return events;
    }

    Watch watch() {
        return watch;
    }

    Prober prober() {
        return prober;
    }

    Plans plans() {
        return plans;
    }

    Logger log() {
        return LOG;
    }

    @Override
    public void close() {
        closing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            closing.unlock();
        }
        Quietly.close("the waiting room", room);
        watch.stopAll();
        plans.close();
        watch.close();
        events.close();
        time.close();
    }

    private static String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
