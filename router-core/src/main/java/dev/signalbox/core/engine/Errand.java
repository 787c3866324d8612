package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.spi.PluginContext.Task;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * Code of a plugin that asks something outside and is to end by a deadline, or as soon as nobody wants to know any more:
 * it is interrupted then, whatever it made of the deadline itself.
 *
 * @param client whoever it is done for leaves
 * @param router the router is closed
 */
record Errand(Time time, Deadline until, Cancellation client, Cancellation router) {

    /**
     * Runs it on this thread.
     *
     * @throws CancellationException if it was ended because of the deadline or a cancellation
     * @throws InterruptedException if somebody else interrupted this thread
     * @throws Exception what else it threw
     */
    <T> T run(Callable<T> code) throws Exception {
        Interruptible inside = new Interruptible();
        Task alarm = time.after(until.remaining(), inside::interrupt);
        try (Cancellation.Registration leaving = client.onCancel(inside::interrupt);
                Cancellation.Registration closing = router.onCancel(inside::interrupt)) {
            return inside.run(() -> {
                requireWanted();
                return requireNonNull(code.call(), "it answered null");
            });
        } finally {
            alarm.close();
        }
    }

    /** An interrupt that came before there was anything to interrupt found nobody. */
    private void requireWanted() {
        if (client.cancelled() || router.cancelled() || until.expired()) {
            throw new CancellationException("ended before it began");
        }
    }
}
