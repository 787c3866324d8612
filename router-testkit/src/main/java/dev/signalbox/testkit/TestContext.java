package dev.signalbox.testkit;

import dev.signalbox.api.Deadline;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Preparation;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Routing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a plugin's test lends it in place of the engine: a clock turned by hand, hosts that are told, and a memory of
 * what the plugin did with it. Any thread may use it.
 */
public final class TestContext implements PluginContext {

    private final String name;
    private final HandClock clock = new HandClock();
    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final List<RouterEvent> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger askedAgain = new AtomicInteger();
    private volatile List<HostView> hosts = List.of();
    private volatile Ledger ledger = new TestLedger(clock);
    private volatile Optional<Path> state = Optional.empty();
    private volatile Optional<Routing> router = Optional.empty();

    private TestContext(String name) {
        this.name = name;
    }

    /** For a plugin of that name. */
    public static TestContext named(String name) {
        return new TestContext(name);
    }

    /** From now on these are the hosts. */
    public TestContext hosts(List<HostView> now) {
        hosts = List.copyOf(now);
        return this;
    }

    /** From now on this is the ledger. */
    public TestContext ledger(Ledger now) {
        ledger = now;
        return this;
    }

    /** From now on this is the folder for what has to outlive the process. */
    public TestContext stateIn(Path folder) {
        state = Optional.of(folder);
        return this;
    }

    /** From now on this is the router. */
    public TestContext router(Routing now) {
        router = Optional.of(now);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    /** The clock to turn. */
    public HandClock hands() {
        return clock;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("dev.signalbox.testkit." + name);
    }

    @Override
    public Task schedule(Duration every, Runnable task) {
        return clock.schedule(every, task);
    }

    @Override
    public Task once(Duration after, Runnable task) {
        return clock.once(after, task);
    }

    @Override
    public List<HostView> hosts() {
        return hosts;
    }

    /** Runs it at once, on this thread, if there is such a host. */
    @Override
    public void prepare(String host, Preparation preparation, Deadline deadline)
            throws BackendException, InterruptedException {
        if (hosts.stream().noneMatch(view -> view.name().equals(host))) {
            throw new IllegalArgumentException("There is no host \"%s\", only %s"
                    .formatted(host, hosts.stream().map(HostView::name).toList()));
        }
        preparation.run(deadline);
    }

    @Override
    public void askAgain() {
        askedAgain.incrementAndGet();
    }

    /** How often {@link #askAgain} was called. */
    public int askedAgain() {
        return askedAgain.get();
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(ledger);
    }

    @Override
    public Path stateFolder() {
        return state.orElseThrow(() -> new IllegalStateException("The test has given the plugin no state folder"));
    }

    @Override
    public void publish(Report report) {
        reports.removeIf(old -> old.name().equals(report.name()));
        reports.add(report);
    }

    /** The published report of that name. */
    public Optional<Report> report(String reportName) {
        return reports.stream()
                .filter(report -> report.name().equals(reportName))
                .findFirst();
    }

    @Override
    public void tell(RouterEvent event) {
        told.add(event);
    }

    /** What the plugin told, the oldest first. */
    public List<RouterEvent> told() {
        return List.copyOf(told);
    }

    @Override
    public Routing router() {
        return router.orElseThrow(() -> new IllegalStateException("The test has given the plugin no router"));
    }
}
