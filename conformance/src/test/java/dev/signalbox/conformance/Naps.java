package dev.signalbox.conformance;

import com.openai.core.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells how long a client would have slept before it tried again, and lets it try at once. */
final class Naps implements Sleeper, com.anthropic.core.Sleeper {

    private final List<Duration> taken = new CopyOnWriteArrayList<>();

    /** How long each of them would have been. */
    List<Duration> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void sleep(Duration duration) {
        taken.add(duration);
    }

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
        taken.add(duration);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
