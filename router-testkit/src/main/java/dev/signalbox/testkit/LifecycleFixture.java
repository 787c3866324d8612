package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.ModelLifecycle;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * A double of a model server and a backend that loads and unloads its models, for tests of what takes its time. Extend
 * it, say which double and how the backend is made; both are closed after each test.
 *
 * @param <R> the double
 */
@Timeout(120) // what is waited for in vain fails its test, not the build
public abstract class LifecycleFixture<R extends ScriptedRuntime> {

    /** How long a test waits for what comes sooner or later; never reached by a backend that is right. */
    protected static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the backend is lent, with a clock that only the test turns. */
    protected final TestContext context = TestContext.named("backend");

    /** What the backend talks to. */
    protected final R runtime;

    /** What is tested. */
    protected final Backend backend;

    /** The part of it that loads and unloads. */
    protected final ModelLifecycle lifecycle;

    /** Something that may take long. */
    @FunctionalInterface
    protected interface Work {

        /** Does it. */
        void run() throws Exception;
    }

    /** A backend of that double, which has been started. */
    protected LifecycleFixture(R runtime, BiFunction<URI, TestContext, Backend> backend) {
        this.runtime = runtime;
        this.backend = backend.apply(runtime.uri(), context);
        this.lifecycle = this.backend.ability(ModelLifecycle.class).orElseThrow();
    }

    @AfterEach
    void end() {
        backend.close();
        runtime.close();
    }

    /** Does it while the test goes on. */
    protected static CompletableFuture<Void> run(Work work) {
        return Later.run(() -> {
                    work.run();
                    return true;
                })
                .result()
                .thenAccept(done -> {});
    }

    /** How it fails; fails itself if it does not. */
    protected static BackendException failure(Work work) {
        BackendException failure = catchThrowableOfType(BackendException.class, work::run);
        assertThat(failure).as("what was thrown").isNotNull();
        return failure;
    }

    /** A deadline that is never reached. */
    protected static Deadline soon() {
        return Deadline.after(PATIENCE);
    }

    /** How often the server was asked for a path with that end. */
    protected long asked(String path) {
        return runtime.server().requests().stream()
                .filter(request -> request.path().endsWith(path))
                .count();
    }

    /** Waits until it was asked so often. */
    protected void awaitAsked(String path, int times) {
        while (asked(path) < times) {
            Thread.onSpinWait(); // a request is written down before it is answered, so there is nothing to wait for
        }
    }
}
