package dev.signalbox.core.engine;

import dev.signalbox.spi.PluginContext.Task;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks after the limits of all attempts in one place, so that an attempt costs no alarm of its own. A limit is kept to
 * a quarter of a second.
 */
final class Watch implements AutoCloseable {

    static final Duration EVERY = Duration.ofMillis(250);

    private final Set<Trial> trials = ConcurrentHashMap.newKeySet();
    private final Time time;
    private final Task round;
    private volatile boolean closed;

    Watch(Time time) {
        this.time = time;
        this.round = time.every(EVERY, this::look);
    }

    void add(Trial trial) {
        trials.add(trial);
        if (closed) {
            trial.shut(); // whoever was let in while the others were ended
        }
    }

    void remove(Trial trial) {
        trials.remove(trial);
    }

    private void look() {
        long now = time.nanos();
        for (Trial trial : trials) {
            // On a thread of its own: a reply that is slow to close must not hold up the limits of others.
            trial.overdue(now).ifPresent(why -> time.after(Duration.ZERO, () -> trial.late(why)));
        }
    }

    /** Ends all attempts, now and from now on. */
    @Override
    public void close() {
        closed = true;
        round.close();
        trials.forEach(Trial::shut);
    }
}
