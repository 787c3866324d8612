package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.core.config.ModelTable;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext.Task;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProberTest {

    private final AtomicInteger looked = new AtomicInteger();
    private final Slow time = new Slow();
    private final Prober prober = new Prober(time, (member, report) -> {});
    private final FakeBackends backends = new FakeBackends().probe("gpu", deadline -> {
        looked.incrementAndGet();
        return BackendStatus.of(BackendState.READY);
    });

    private Member member() {
        PluginConfig options = PluginConfig.of(backends.options(), Where.code("backends.gpu"));
        return new Member(
                BackendSettings.of("gpu", "fake", options),
                backends.create(options, TestContext.named("gpu")),
                ModelTable.BUNDLED,
                closed -> {});
    }

    @Test
    void a_look_begins_as_soon_as_somebody_is_watched() {
        prober.watch(member(), Duration.ofSeconds(30), Duration.ofSeconds(5));
        time.runAll();
        assertThat(looked).hasValue(1);
    }

    @Test
    void a_look_that_nobody_wants_any_more_when_its_thread_begins_is_none() {
        Member member = member();
        prober.watch(member, Duration.ofSeconds(30), Duration.ofSeconds(5));
        time.runNext();
        prober.forget(member);
        time.runAll();
        assertThat(looked).hasValue(0);
    }

    /** Time in which a task begins when the test says so. */
    private static final class Slow implements Time {

        private final Deque<Runnable> due = new ArrayDeque<>();

        void runNext() {
            due.remove().run();
        }

        void runAll() {
            while (!due.isEmpty()) {
                runNext();
            }
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Task after(Duration delay, Runnable task) {
            if (delay.isZero()) {
                due.add(task);
            }
            return () -> {};
        }

        @Override
        public Task every(Duration pause, Runnable task) {
            return () -> {};
        }

        @Override
        public void close() {}
    }
}
