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
 */
record Errand(Time time, Deadline until, Cancellation cancellation) {

    /**
     * Runs it on this thread.
     *
     * @throws CancellationException if it was ended because of the deadline or the cancellation
     * @throws InterruptedException if somebody else interrupted this thread
     * @throws Exception what else it threw
     */
    <T> T run(Callable<T> code) throws Exception {
        Interruptible inside = new Interruptible();
        Task alarm = time.after(until.remaining(), inside::interrupt);
        try (Cancellation.Registration leaving = cancellation.onCancel(inside::interrupt)) {
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
        if (cancellation.cancelled() || until.expired()) {
            throw new CancellationException("ended before it began");
        }
    }
}
