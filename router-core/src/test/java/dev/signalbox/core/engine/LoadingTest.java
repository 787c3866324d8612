package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.config.Limits;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A server that says it is loading is waited for, in the room and holding nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadingTest extends EngineFixture {

    private volatile BackendState state = BackendState.LOADING;
    private final AtomicInteger probes = new AtomicInteger();

    @BeforeEach
    void a_chain_whose_first_is_loading() {
        layout.backend("gpu", "m", "other").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("laptop", Chat.says("from the laptop"))
                .probe("gpu", deadline -> {
                    probes.incrementAndGet();
                    return BackendStatus.of(state);
                })
                .on("gpu", call -> {
                    if (state == BackendState.READY) {
                        return Chat.says("loaded").answer(call);
                    }
                    throw new BackendException(FailureKind.LOADING, "loading model");
                });
    }

    /** Lets so many seconds pass, one at a time, so that every probe comes. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            advance(Duration.ofSeconds(1));
        }
    }

    private void passUntil(Later<?> over) throws InterruptedException {
        for (int i = 0; i < 200 && !over.overWithin(Duration.ofMillis(100)); i++) {
            advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_request_waits_for_the_probe_and_is_then_answered() throws Exception {
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        state = BackendState.READY;
        passUntil(asked);
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("loaded");
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("gpu/m=loading, gpu/m=waited, gpu/m=answered");
        }
    }

    @Test
    void everything_is_given_back_meanwhile() throws Exception {
        layout.gate("one", 1, 10, "gpu");
        FakeGuard guard = guard("counting");
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        assertThat(engine().plans().now().gates().get("one").taken()).isZero();
        assertThat(guard.granted).hasValue(1);
        assertThat(guard.ended).hasValue(1);
        state = BackendState.READY;
        passUntil(asked);
        asked.get().close();
    }

    @Test
    void after_the_limit_it_counts_as_timed_out_and_the_chain_goes_on() throws Exception {
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        advance(Limits.DEFAULT.firstContent().plusSeconds(1));
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("from the laptop");
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("gpu/m=loading, gpu/m=waited, gpu/m=timed-out, laptop/m=answered");
        }
    }

    @Test
    void after_the_limit_the_request_fails_if_nobody_else_may_be_asked() throws Exception {
        Later<RoutedResponse> asked = later(chat("gpu/m"));
        heard.await(RouterEvent.Waiting.class);
        advance(Limits.DEFAULT.firstContent().plusSeconds(1));
        assertThat(asked.thrown()).hasMessageContaining("still loading");
        assertThat(((Exhausted) asked.thrown()).problem().status()).isEqualTo(504);
    }

    @Test
    void where_nobody_may_wait_the_chain_goes_on_at_once() throws Exception {
        layout.gate("one", 1, 0, "gpu");
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.text()).isEqualTo("from the laptop");
            assertThat(response.headers().first("X-Signalbox-Steps")).contains("gpu/m=loading, laptop/m=answered");
        }
    }

    @Test
    void where_nobody_may_wait_and_nobody_else_is_there_the_client_is_told_to_come_back() throws Exception {
        layout.gate("one", 1, 0, "gpu");
        Exhausted failed = refused(Exhausted.class, chat("gpu/m"));
        assertThat(failed.problem().status()).isEqualTo(503);
        assertThat(failed.problem().code()).isEqualTo("full");
        assertThat(failed.problem().message()).contains("the queue is full", "loading");
        assertThat(failed.problem().retryAfter()).isPresent();
    }

    @Test
    void it_is_asked_about_every_second_while_it_loads() throws Exception {
        Later<RoutedResponse> asked = later(chat("gpu/m"));
        heard.await(RouterEvent.Waiting.class);
        int before = probes.get();
        pass(20);
        assertThat(probes.get() - before).isLessThanOrEqualTo(21);
        state = BackendState.READY;
        passUntil(asked);
        asked.get().close();
    }

    @Test
    void a_server_that_is_ready_for_its_probe_and_loading_for_requests_is_not_hammered() throws Exception {
        backends.probe("gpu", deadline -> BackendStatus.of(BackendState.READY)).on("gpu", call -> {
            throw new BackendException(FailureKind.LOADING, "loading model");
        });
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        for (int i = 0; i < 310 && !asked.overWithin(Duration.ofMillis(2)); i++) { // past first-content, not past total
            advance(Duration.ofSeconds(1));
        }
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("from the laptop");
        }
        assertThat(backends.sent("gpu")).hasSizeLessThanOrEqualTo(301);
    }

    @Test
    void guards_learn_that_it_was_loading_and_nothing_worse() throws Exception {
        FakeGuard guard = guard("counting");
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        advance(Limits.DEFAULT.firstContent().plusSeconds(1));
        asked.get().close();
        assertThat(guard.reports)
                .filteredOn(report -> report.target().backend().equals("gpu"))
                .singleElement()
                .satisfies(report -> assertThat(report.outcome())
                        .isInstanceOfSatisfying(
                                AttemptReport.Outcome.Failed.class,
                                failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.LOADING)));
    }

    @Test
    void a_client_that_leaves_while_it_loads_is_let_go() throws Exception {
        var leaving = dev.signalbox.api.Cancellation.create();
        Later<RoutedResponse> asked = later(chat("coding").withCancellation(leaving));
        heard.await(RouterEvent.Waiting.class);
        leaving.cancel();
        assertThat(asked.thrown()).isInstanceOf(dev.signalbox.api.Cancelled.class);
        assertThat(backends.sent("laptop")).isEmpty();
    }
}
