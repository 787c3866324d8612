package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.config.Limits;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A preparation that finds its server still loading is waited for like a server that says so itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadingPreparationTest extends EngineFixture {

    private final List<String> diary = new CopyOnWriteArrayList<>();
    private volatile BackendState state = BackendState.LOADING;
    private FakeGuard guard;

    @BeforeEach
    void a_guard_that_wants_it_ready() {
        layout.backend("gpu", Layout.host("box"), "m")
                .backend("laptop", "m")
                .gate("one", 1, 10, "gpu")
                .profile("coding", "gpu/m", "laptop/m");
        backends.on("gpu", Chat.says("loaded"))
                .on("laptop", Chat.says("from the laptop"))
                .probe("gpu", deadline -> BackendStatus.of(state));
        guard = guard("memory");
        guard.admits = attempt -> attempt.target().backend().equals("gpu")
                ? Admission.granted(guard.new Ticket(), this::prepare)
                : Admission.granted(guard.new Ticket());
    }

    private void prepare(Deadline deadline) throws BackendException {
        if (state != BackendState.READY) {
            diary.add("not yet");
            throw new BackendException(FailureKind.LOADING, "somebody else loads it");
        }
        diary.add("ready");
    }

    @Test
    void the_request_waits_for_the_probe_and_it_is_prepared_again() throws Exception {
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        assertThat(backends.sent("gpu")).isEmpty();
        state = BackendState.READY;
        for (int i = 0; i < 200 && !asked.overWithin(Duration.ofMillis(100)); i++) {
            advance(Duration.ofSeconds(1));
        }
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("loaded");
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("gpu/m=loading, gpu/m=waited, gpu/m=answered");
        }
        assertThat(diary).containsExactly("not yet", "ready");
    }

    @Test
    void nothing_is_held_meanwhile_neither_places_nor_leases_nor_the_host() throws Exception {
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        assertThat(engine().plans().now().gates().get("one").taken()).isZero();
        assertThat(guard.granted).hasValue(1);
        assertThat(guard.ended).hasValue(1);
        guard.context().prepare("box", deadline -> diary.add("somebody else prepares"), Deadline.never());
        assertThat(diary).containsExactly("not yet", "somebody else prepares");
        advance(Limits.DEFAULT.firstContent().plusSeconds(1));
        asked.get().close();
    }

    @Test
    void after_the_limit_the_chain_goes_on() throws Exception {
        Later<RoutedResponse> asked = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        advance(Limits.DEFAULT.firstContent().plusSeconds(1));
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("from the laptop");
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("gpu/m=loading, gpu/m=waited, gpu/m=timed-out, laptop/m=answered");
        }
        assertThat(guard.reports)
                .filteredOn(report -> report.target().backend().equals("gpu"))
                .singleElement()
                .satisfies(report -> assertThat(report.outcome())
                        .as("no guard hears of anything worse")
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.LOADING)));
    }
}
