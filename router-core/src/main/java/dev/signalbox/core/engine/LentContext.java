package dev.signalbox.core.engine;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.core.room.RoomException;
import dev.signalbox.core.room.Slot;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
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
import java.util.concurrent.CancellationException;

/** What one plugin is lent. */
final class LentContext implements PluginContext {

    private final Engine engine;
    private final String name;
    private final System.Logger logger;
    private volatile boolean ended;

    LentContext(Engine engine, String name) {
        this.engine = engine;
        this.name = name;
        this.logger = new Slf4jLogger("dev.signalbox.plugin." + name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InstantSource clock() {
        return engine.time()::now;
    }

    @Override
    public long nanoTime() {
        return engine.time().nanos();
    }

    @Override
    public System.Logger logger() {
        return logger;
    }

    @Override
    public Task schedule(Duration every, Runnable task) {
        return engine.time().every(every, task);
    }

    @Override
    public Task once(Duration after, Runnable task) {
        return engine.time().after(after, task);
    }

    @Override
    public List<HostView> hosts() {
        return engine.plans()
                .current()
                .map(plan -> Hosts.of(plan.members().values(), engine.traffic(), engine.room()::waiting))
                .orElse(List.of());
    }

    @Override
    public void prepare(String host, Preparation preparation, Deadline deadline)
            throws BackendException, InterruptedException {
        try (Slot slot = engine.room().takeSlot(Hosts.nameOf(host), deadline)) {
            new Errand(engine.time(), deadline, Cancellation.create(), engine.ending()).run(() -> {
                Hosts.preparing(() -> preparation.run(deadline));
                return true;
            });
        } catch (RoomException busy) {
            throw late(host, String.valueOf(busy.getMessage()), busy);
        } catch (CancellationException ended) {
            throw late(host, "the preparation did not end by its deadline", ended);
        } catch (RuntimeException | BackendException | InterruptedException told) {
            throw told;
        } catch (Exception never) {
            throw new IllegalStateException(never);
        }
    }

    private static BackendException late(String host, String why, Exception cause) {
        return new BackendException(Failure.of(FailureKind.TIMED_OUT, "%s: %s".formatted(host, why)), cause);
    }

    @Override
    public void askAgain() {
        engine.room().askAgain();
    }

    @Override
    public Optional<Ledger> ledger() {
        return engine.plans().ledger();
    }

    @Override
    public Path stateFolder() {
        return engine.stateFolder();
    }

    @Override
    public void publish(Report report) {
        engine.publish(this, report);
        if (ended) {
            engine.forget(this); // what it still did while it was closed came too late
        }
    }

    /** The plugin is there no more: what it showed to operators is shown no more. */
    void end() {
        ended = true;
        engine.forget(this);
    }

    @Override
    public void tell(RouterEvent event) {
        engine.tell(event);
    }

    @Override
    public Routing router() {
        return engine;
    }
}
