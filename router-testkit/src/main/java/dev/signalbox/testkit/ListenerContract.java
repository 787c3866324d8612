package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every listener promises. Extend it, say how to make yours, and the promises become tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60) // it must not block
public abstract class ListenerContract {

    private static final Instant NOW = HandClock.START;
    private static final Target TARGET = Target.of("gpu/test-model");

    /** An event of a later version. */
    private record Unheard(Instant at) implements RouterEvent {}

    /** Makes the listener. */
    protected abstract RouterListener listener(PluginContext context);

    @Test
    void takes_every_event() {
        try (RouterListener listener = listener(TestContext.named("test"))) {
            events().forEach(listener::on);
        }
    }

    @Test
    void ignores_what_it_does_not_know() {
        try (RouterListener listener = listener(TestContext.named("test"))) {
            listener.on(new Unheard(NOW));
        }
    }

    @Test
    void takes_events_of_any_thread() {
        try (RouterListener listener = listener(TestContext.named("test"))) {
            AtOnce.run(() -> {
                events().forEach(listener::on);
                return true;
            });
        }
    }

    @Test
    void leaves_no_task_behind() {
        TestContext context = TestContext.named("test");

        listener(context).close();

        assertThat(context.hands().scheduled()).isZero();
    }

    private static List<RouterEvent> events() {
        RouteTrace trace = new RouteTrace(
                "t-1",
                NOW,
                Dialect.OPENAI_CHAT,
                "anonymous",
                "auto",
                "default",
                "test",
                List.of(),
                List.of(),
                List.of(new RouteTrace.Step(TARGET, "answered", "", "", Duration.ofSeconds(1))),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(RouteTrace.Outcome.ANSWERED),
                Optional.empty(),
                Duration.ofSeconds(2),
                false);
        return List.of(
                new RouterEvent.Received(NOW, "t-1", "openai.chat", "auto", "anonymous"),
                new RouterEvent.Skipped(NOW, "t-1", TARGET, "memory", "no room"),
                new RouterEvent.Waiting(NOW, "t-1", 1, "full"),
                new RouterEvent.Attempted(NOW, "t-1", TARGET, Duration.ZERO),
                new RouterEvent.AttemptFailed(NOW, "t-1", TARGET, Failure.of(FailureKind.TIMED_OUT, "late")),
                new RouterEvent.Committed(NOW, "t-1", TARGET, Duration.ofMillis(5)),
                new RouterEvent.Noted(NOW, "t-1", "health", "slow"),
                new RouterEvent.Finished(NOW, trace, Optional.of(Usage.reported(1, 2))),
                new RouterEvent.BackendChanged(NOW, "gpu", BackendState.READY, BackendState.DOWN, "refused"),
                new RouterEvent.Reconfigured(NOW));
    }
}
