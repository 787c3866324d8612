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

    Watch(Time time) {
        this.time = time;
        this.round = time.every(EVERY, this::look);
    }

    void add(Trial trial) {
        trials.add(trial);
    }

    void remove(Trial trial) {
        trials.remove(trial);
    }

    /** Ends all attempts as if their clients had left. */
    void stopAll() {
        trials.forEach(trial -> trial.stop(Trial.Stop.CLIENT));
    }

    private void look() {
        long now = time.nanos();
        trials.forEach(trial -> trial.check(now));
    }

    @Override
    public void close() {
        round.close();
    }
}
