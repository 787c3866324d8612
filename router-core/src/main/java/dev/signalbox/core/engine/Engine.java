package dev.signalbox.core.engine;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.TaskTable;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.body.Spool;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.config.Tasks;
import dev.signalbox.core.dialect.Readings;
import dev.signalbox.core.room.WaitingRoom;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Routing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all requests share: the plan of the day, the waiting room, traffic, probes, listeners. Any thread may ask. */
public final class Engine implements Routing, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final String instanceId = "signalbox-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final Time time;
    private final Path stateFolder;
    private final WaitingRoom room;
    private final Readings readings;
    private final Spool translations = Spool.translations();
    private final Traffic traffic = new Traffic();
    private final TokenScales tokenScales = new TokenScales();
    private final Departures departures = new Departures(this);
    private final Changes changes = new Changes();
    private final List<RouterListener> listeners;
    private final Watch watch;
    private final Prober prober;
    private final Lingering lingering;
    private final Plans plans;
    private final Reports reports = new Reports();
    private final Cancellation ending = Cancellation.create();
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed; // guarded by closing

    /**
     * An engine at work. Opens nothing itself; servers are looked at in the background. The time is closed with it.
     *
     * @param listeners told of everything, beside those the settings name
     */
    public Engine(Settings settings, Plugins plugins, List<RouterListener> listeners, Time time) {
        this.time = time;
        this.stateFolder = settings.engine().stateFolder().orElseGet(StateFolder::usual);
        this.listeners = List.copyOf(listeners);
        this.room = new WaitingRoom(time::now, time::nanos);
        this.readings = Readings.standard(() -> !room.stepsHere());
        this.watch = new Watch(time);
        this.lingering = new Lingering(time);
        this.prober = new Prober(time, new Findings(this)::learn);
        this.plans = new Plans(this, plugins, listeners);
        begin(settings);
    }

    private void begin(Settings settings) {
        boolean begun = false;
        try {
            plans.exchange(settings);
            begun = true;
        } finally {
            if (!begun) {
                closeParts();
                time.close();
            }
        }
    }

    /**
     * Takes other settings. Requests under way end under the old ones: whoever listened to their beginning hears their
     * end, and a listener that is not named any more is closed after that.
     *
     * @throws ConfigurationException if something is to change that cannot while the router runs; then nothing has
     */
    public void exchange(Settings settings) {
        plans.exchange(settings);
        plans.now().events().tell(new RouterEvent.Reconfigured(time.now()));
        room.askAgain();
    }

    @Override
    public RoutedResponse route(RouteRequest request) throws InterruptedException {
        return departures.begin(request).go();
    }

    @Override
    public RouteTrace explain(RouteRequest request) throws InterruptedException {
        return departures.explain(request);
    }

    @Override
    public Optional<RouteTrace> trace(String id) {
        return departures.traces().find(id);
    }

    @Override
    public List<RouteTrace> traces() {
        return departures.traces().all();
    }

    /** What the texts of requests may take of the memory. */
    Readings readings() {
        return readings;
    }

    /** What holds translated requests until they are sent. */
    Spool translations() {
        return translations;
    }

    /** Has the lists read of those backends that may offer more than is known. */
    void awaitLists(List<Member> members, Journey journey) throws InterruptedException {
        if (journey.explains()) {
            return;
        }
        List<Member> unread = new ArrayList<>(members);
        unread.removeIf(member -> !member.unread());
        Duration limit = journey.plan().settings().engine().probeTimeout();
        prober.await(unread, limit, journey.deadline(), journey.original().cancellation());
        journey.throwIfOver();
    }

    /** Places kept taken while a generation that closing did not end may still run. */
    Lingering lingering() {
        return lingering;
    }

    @Override
    public List<TargetReport> targets() {
        Plan plan = plans.now();
        return TargetReports.of(plan, traffic, room, new Verdicts(this, plan));
    }

    @Override
    public List<ModelEntry> models() {
        return ModelNames.of(plans.now());
    }

    @Override
    public Optional<ModelEntry> model(String name) {
        return ModelNames.find(plans.now(), name);
    }

    @Override
    public Optional<TaskTable> tasks() {
        return plans.now().settings().tasks().map(Tasks::table);
    }

    @Override
    public List<HostView> hosts() {
        return Hosts.of(plans.now().members().values(), traffic, room::waiting);
    }

    @Override
    public Map<String, Report> reports() {
        return reports.all();
    }

    @Override
    public List<String> guards() {
        return plans.now().guards().stream().map(ActiveGuard::type).toList();
    }

    @Override
    public boolean ready() {
        return TargetReports.ready(plans.now());
    }

    void publish(LentContext by, Report report) {
        reports.show(by, report);
    }

    /** A plugin is there no more. */
    void forget(LentContext plugin) {
        reports.forget(plugin);
    }

    /** Tells listeners, and keeps it for operators if it is a change of what is thought of targets and backends. */
    void tell(RouterEvent event) {
        changes.keep(event);
        plans.current().ifPresent(plan -> plan.events().tell(event));
    }

    @Override
    public List<RouterEvent> changes() {
        return changes.all();
    }

    /** Fires when the router is closed, for what runs for a request and is no attempt. */
    Cancellation ending() {
        return ending;
    }

    Path stateFolder() {
        return stateFolder;
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

    TokenScales tokenScales() {
        return tokenScales;
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
        closeParts();
        Events.close(listeners);
        time.close();
    }

    /** In the order in which they may still need each other; time goes on, since interrupts come a little later. */
    private void closeParts() {
        ending.cancel();
        readings.close();
        Quietly.close("the waiting room", room);
        prober.close();
        watch.close();
        plans.close();
    }
}
