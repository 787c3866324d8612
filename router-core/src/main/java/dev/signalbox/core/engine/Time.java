package dev.signalbox.core.engine;

import dev.signalbox.spi.PluginContext.Task;
import java.time.Duration;
import java.time.Instant;

/** The engine's clock and alarm. Tests turn it by hand. Any thread may use it. */
public interface Time extends AutoCloseable {

    /** The time of day. */
    Instant now();

    /** Nanoseconds on a clock that never goes back. */
    long nanos();

    /** Runs a task once, on a thread that may block. */
    Task after(Duration delay, Runnable task);

    /** Runs a task again and again, that long after the last run ended, on a thread that may block. */
    Task every(Duration pause, Runnable task);

    /** Ends all tasks; a run that is going on is interrupted. */
    @Override
    void close();
}
