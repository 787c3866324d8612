package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the engine lends a plugin for as long as it lives. Any thread may use it. Plugins start no threads of their own. */
public interface PluginContext {

    /** The plugin's name in the configuration, such as {@code gpu}; its type where there is but one. */
    String name();

    /** The time of day; tests turn it by hand. */
    InstantSource clock();

    /** Nanoseconds on a clock that never goes back; tests turn it by hand. */
    long nanoTime();

    /** A logger named after the plugin. */
    System.Logger logger();

    /**
     * Runs a task again and again, that long after the last one ended, until it is closed or the router is. A task that
     * throws is logged and goes on.
     */
    Task schedule(Duration every, Runnable task);

    /** Runs a task once, that long from now, unless it is closed before or the router is. A task that throws is logged. */
    Task once(Duration after, Runnable task);

    /** Every host, as it is now. */
    List<HostView> hosts();

    /**
     * Runs a preparation without a request, in the host's slot: waits for the slot, runs, gives it back. What still runs
     * at the deadline is interrupted. Not to be called inside a preparation, which holds the slot already.
     *
     * @throws BackendException if the work fails, has not ended by the deadline, or the slot is not free by then
     */
    void prepare(String host, Preparation preparation, Deadline deadline) throws BackendException, InterruptedException;

    /** Has all waiting requests assessed and asked again. Does not block. */
    void askAgain();

    /** The ledger; empty only where plugins are made to be looked at, and in tests. */
    Optional<Ledger> ledger();

    /** Where to keep what has to outlive the process. It need not be there yet; whoever writes makes it. */
    Path stateFolder();

    /** Shows a report to operators. A later one of the same name replaces it. */
    void publish(Report report);

    /** Tells listeners what happened, and operators where they look for it. What the listeners throw harms nobody. */
    void tell(RouterEvent event);

    /** The router itself. Not to be used while a plugin is being created. */
    Routing router();

    /** A task that is to run. */
    @FunctionalInterface
    interface Task extends AutoCloseable {
        /** Ends it; a run that is going on is interrupted. */
        @Override
        void close();
    }
}
