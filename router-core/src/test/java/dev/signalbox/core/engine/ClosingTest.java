package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Cancelled;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestFactories;
import dev.signalbox.testkit.ThreadWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Closing a router ends everything it started. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClosingTest extends EngineFixture {

    private FakeGuard guard;

    @BeforeEach
    void one_backend() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("laptop", Chat.says("never"));
        guard = guard("counting");
    }

    @Override
    Time engineTime() {
        return new SystemTime();
    }

    @Test
    void requests_that_wait_are_cancelled() throws Exception {
        layout.gate("one", 1, 9, "gpu").profile("coding", "gpu/m");
        Tape busy = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> busy);
        RoutedResponse first = ask(stream("coding"));
        Later<RoutedResponse> second = later(stream("coding"));
        heard.await(RouterEvent.Waiting.class);
        engine().close();
        isToldThatTheRouterIsClosing(second);
        first.close();
    }

    @Test
    void requests_that_are_being_asked_are_cancelled_and_nobody_else_is_asked() throws Exception {
        CompletableFuture<Void> asking = new CompletableFuture<>();
        backends.on("gpu", call -> {
            asking.complete(null);
            Thread.sleep(Long.MAX_VALUE);
            throw new AssertionError();
        });
        Later<RoutedResponse> asked = later(chat("coding"));
        asking.join();
        engine().close();
        isToldThatTheRouterIsClosing(asked);
        RouteTrace trace = heard.only(RouterEvent.Finished.class).trace();
        assertThat(trace.outcome()).contains(RouteTrace.Outcome.FAILED);
        assertThat(trace.steps()).extracting(RouteTrace.Step::brief).containsExactly("gpu/m=closing");
        assertThat(backends.sent("laptop")).isEmpty();
        assertThat(heard.events(RouterEvent.AttemptFailed.class)).isEmpty();
        assertThat(guard.reports.getLast().outcome()).isInstanceOf(Outcome.ClientLeft.class);
    }

    private static void isToldThatTheRouterIsClosing(Later<RoutedResponse> asked) throws InterruptedException {
        assertThat(asked.thrown()).isInstanceOfSatisfying(Cancelled.class, cancelled -> {
            assertThat(cancelled.byCaller()).isFalse();
            assertThat(cancelled.problem().status()).isEqualTo(503);
            assertThat(cancelled).hasMessageContaining("the router is closing");
        });
    }

    @Test
    void a_classifier_that_is_being_asked_ends_at_once() throws Exception {
        FakeClassifier triage = new FakeClassifier();
        plugins.add(TestFactories.classifier("triage", triage));
        layout.classify("triage", Map.of("small", "coding"));
        CompletableFuture<Void> asking = new CompletableFuture<>();
        triage.says = request -> {
            asking.complete(null);
            Thread.sleep(Long.MAX_VALUE);
            throw new AssertionError();
        };
        Later<RoutedResponse> asked = later(chat("auto"));
        asking.join();
        engine().close();
        isToldThatTheRouterIsClosing(asked);
        assertThat(asked.leftInterrupted()).isFalse();
    }

    @Test
    void a_request_let_in_at_the_very_moment_is_ended_too() throws Exception {
        CompletableFuture<Void> asking = new CompletableFuture<>();
        CompletableFuture<Void> closing = new CompletableFuture<>();
        guard.admits = attempt -> {
            asking.complete(null);
            closing.join(); // inside the room's step: the room can only be closed after it
            return dev.signalbox.spi.Admission.granted();
        };
        backends.on("gpu", call -> {
            Thread.sleep(Long.MAX_VALUE);
            throw new AssertionError();
        });
        Later<RoutedResponse> asked = later(chat("coding"));
        asking.join();
        Engine engine = engine();
        Later<Void> close = Later.run(() -> {
            engine.close();
            return null;
        });
        closing.complete(null);
        close.get();
        assertThat(asked.thrown()).isInstanceOf(Cancelled.class);
    }

    @Test
    void a_stream_in_the_middle_breaks_off_and_says_so() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> stalling);
        try (RoutedResponse response = ask(stream("coding"))) {
            Later<String> reading = Later.run(() -> read(response));
            stalling.paused().join();
            engine().close();
            assertThat(reading.get()).startsWith(Chat.text("Hello")).contains("the router is closing");
        }
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.BROKEN_OFF);
        assertThat(guard.reports.getLast().outcome()).isInstanceOf(Outcome.ClientLeft.class);
    }

    @Test
    void an_answer_nobody_reads_or_closes_is_ended() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> stalling);
        ask(stream("coding"));
        engine().close();
        assertThat(stalling.closed()).isCompleted();
        assertThat(guard.ended).hasValue(1);
        heard.only(RouterEvent.Finished.class);
        assertThat(backends.closed()).containsExactlyInAnyOrder("gpu", "laptop");
    }

    @Test
    void plugins_are_closed_once_and_after_the_requests() throws Exception {
        List<String> atEnd = new ArrayList<>();
        Tape stalling = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> stalling);
        listeners.add(event -> {
            if (event instanceof RouterEvent.Finished) {
                atEnd.addAll(backends.closed());
            }
        });
        ask(stream("coding"));
        engine().close();
        engine().close();
        assertThat(atEnd).isEmpty();
        assertThat(backends.closed()).containsExactlyInAnyOrder("gpu", "laptop");
        assertThat(guard.closed).hasValue(1);
    }

    @Test
    void nobody_is_taken_in_afterwards() throws Exception {
        engine().close();
        refused(Cancelled.class, chat("coding"));
    }

    @Test
    void no_thread_is_left() throws Exception {
        ThreadWatch watch = ThreadWatch.begin();
        CompletableFuture<Void> asking = new CompletableFuture<>();
        backends.on("gpu", call -> {
                    asking.complete(null);
                    Thread.sleep(Long.MAX_VALUE);
                    throw new AssertionError();
                })
                .probe("laptop", deadline -> {
                    Thread.sleep(Long.MAX_VALUE);
                    throw new AssertionError();
                });
        Later<RoutedResponse> asked = later(chat("coding"));
        guard.admits = attempt -> dev.signalbox.spi.Admission.granted();
        engine();
        guard.context().schedule(java.time.Duration.ofMillis(1), () -> {});
        asking.join();
        engine().close();
        asked.thrown();
        watch.assertNoneLeft();
    }

    @Test
    void no_thread_is_left_if_it_could_not_even_begin() throws Exception {
        ThreadWatch watch = ThreadWatch.begin();
        plugins.add(TestFactories.guard("zz-broken", lent -> {
            throw new ConfigurationException(Where.code("guards.zz-broken"), "it does not fit");
        }));
        assertThatThrownBy(this::engine).isInstanceOf(ConfigurationException.class);
        watch.assertNoneLeft();
        assertThat(backends.created()).isEqualTo(backends.closed().size());
        assertThat(guard.made.get()).isEqualTo(guard.closed.get());
    }

    @Test
    void several_routers_share_nothing() throws Exception {
        EngineFixture other = new EngineFixture() {};
        other.layout.backend("gpu", "m").gate("one", 1, 0, "gpu");
        other.backends.on("gpu", Chat.says("other"));
        layout.gate("one", 1, 0, "gpu");
        Tape busy = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> busy);
        try (RoutedResponse mine = ask(stream("gpu/m"))) {
            assertThat(other.bytes(chat("gpu/m"))).contains("other");
            engine().close();
            assertThat(other.bytes(chat("gpu/m"))).contains("other");
            assertThat(mine.streamed()).isTrue();
        }
        other.closeTheEngine();
    }
}
