package dev.signalbox.backend.llamacpp;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Preparation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets one of several who want the same done do it; the others wait for what comes of it. Who did it and gave up, because
 * its own time was over or it was interrupted, leaves it to the next. Any thread may use it.
 */
final class Flights {

    /** What came of it. */
    private sealed interface Landing {
        record Done() implements Landing {}

        record Failed(BackendException failure) implements Landing {}

        record GivenUp() implements Landing {}
    }

    private final ConcurrentHashMap<String, CompletableFuture<Landing>> flying = new ConcurrentHashMap<>();

    /** Does that, or waits for whoever is doing it under the same name. */
    void join(String name, Deadline deadline, Preparation work) throws BackendException, InterruptedException {
        while (true) {
            CompletableFuture<Landing> mine = new CompletableFuture<>();
            Optional<CompletableFuture<Landing>> other = Optional.ofNullable(flying.putIfAbsent(name, mine));
            if (other.isEmpty()) {
                lead(name, mine, deadline, work);
                return;
            }
            switch (await(other.get(), name, deadline)) {
                case Landing.Done done -> {
                    return;
                }
                case Landing.Failed failed -> throw failed.failure();
                case Landing.GivenUp givenUp -> {} // then we do
            }
        }
    }

    private void lead(String name, CompletableFuture<Landing> mine, Deadline deadline, Preparation work)
            throws BackendException, InterruptedException {
        Landing landing = new Landing.GivenUp();
        try {
            work.run(deadline);
            landing = new Landing.Done();
        } catch (BackendException failed) {
            landing = deadline.expired() ? landing : new Landing.Failed(failed);
            throw failed;
        } finally {
            flying.remove(name, mine);
            mine.complete(landing);
        }
    }

    private static Landing await(CompletableFuture<Landing> other, String name, Deadline deadline)
            throws BackendException, InterruptedException {
        try {
            return other.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new BackendException(
                    Failure.of(FailureKind.TIMED_OUT, "\"%s\" is still being loaded".formatted(name)), late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
