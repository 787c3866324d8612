package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteTrace.Step;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.config.Retry;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryTest extends EngineFixture {

    private static final Retry TWICE = new Retry(2, Duration.ofSeconds(10), Set.of(FailureKind.OVERLOADED));

    private final AtomicInteger failures = new AtomicInteger(1);
    private volatile Optional<Duration> comeBack = Optional.empty();

    @BeforeEach
    void a_target_that_is_busy_at_first() {
        layout.backend("gpu", "m")
                .backend("laptop", "m")
                .profile("coding", Layout.retry(TWICE), "gpu/m", "laptop/m")
                .gate("one", 1, 8, "gpu");
        backends.on("laptop", Chat.says("laptop")).on("gpu", call -> {
            if (failures.getAndDecrement() > 0) {
                throw new BackendException(
                        Failure.of(FailureKind.OVERLOADED, "busy").retryAfter(comeBack));
            }
            return Chat.says("gpu").answer(call);
        });
    }

    private Later<RoutedResponse> resting(int waits) throws InterruptedException {
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class, waits);
        return asked;
    }

    @Test
    void the_same_target_is_tried_again_after_a_rest() throws Exception {
        Later<RoutedResponse> asked = resting(1);
        advance(Duration.ofSeconds(4)); // half of the backoff is the least
        assertThat(backends.sent("gpu")).hasSize(1);
        advance(Duration.ofSeconds(12));
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("gpu");
            assertThat(response.trace().steps())
                    .extracting(Step::what)
                    .containsExactly("overloaded", "waited", "answered");
        }
    }

    @Test
    void its_place_is_free_meanwhile() throws Exception {
        Later<RoutedResponse> asked = resting(1);
        assertThat(engine().plans().now().gates().get("one").taken()).isZero();
        advance(Duration.ofSeconds(16));
        asked.get().close();
    }

    @Test
    void the_servers_own_wish_is_kept_where_it_is_longer() throws Exception {
        comeBack = Optional.of(Duration.ofSeconds(40));
        Later<RoutedResponse> asked = resting(1);
        advance(Duration.ofSeconds(39));
        assertThat(backends.sent("gpu")).hasSize(1);
        advance(Duration.ofSeconds(2));
        asked.get().close();
        assertThat(backends.sent("gpu")).hasSize(2);
    }

    @Test
    void the_next_one_is_tried_when_that_was_often_enough() throws Exception {
        failures.set(100);
        Later<RoutedResponse> asked = resting(1);
        advance(Duration.ofSeconds(16));
        heard.await(RouterEvent.Waiting.class, 2);
        advance(Duration.ofSeconds(31)); // twice as long, and half of that
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("laptop");
        }
        assertThat(backends.sent("gpu")).hasSize(3);
    }

    @Test
    void another_kind_of_failure_is_not_waited_out() throws Exception {
        backends.fails("gpu", FailureKind.SERVER_ERROR);
        assertThat(bytes(chat("coding"))).contains("laptop");
        assertThat(backends.sent("gpu")).hasSize(1);
    }

    @Test
    void a_rest_longer_than_what_is_left_is_not_taken() throws Exception {
        comeBack = Optional.of(Duration.ofHours(2));
        assertThat(bytes(chat("coding"))).contains("laptop");
    }

    @Test
    void a_target_that_a_guard_excludes_meanwhile_is_left_to_the_next() throws Exception {
        FakeGuard guard = guard("health");
        Later<RoutedResponse> asked = resting(1);
        guard.assesses = candidate -> candidate.target().backend().equals("gpu")
                ? Verdict.exclude(Refusal.of(Refusal.Kind.UNHEALTHY, "gone"))
                : Verdict.admit();
        advance(Duration.ofSeconds(1));
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("laptop");
        }
    }

    @Test
    void a_single_target_is_tried_again_too() throws Exception {
        failures.set(100);
        layout.profile("coding", Layout.retry(TWICE), "gpu/m");
        Later<RoutedResponse> asked = resting(1);
        advance(Duration.ofSeconds(16));
        heard.await(RouterEvent.Waiting.class, 2);
        advance(Duration.ofSeconds(31));
        assertThat(asked.thrown()).isInstanceOf(Exhausted.class);
        assertThat(backends.sent("gpu")).hasSize(3);
    }
}
