package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.ProbeReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A probe that hears neither its deadline nor an interrupt. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StuckProbesTest extends EngineFixture {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore other = new Semaphore(0);
    private final FakeGuard guard = guard("learning");

    @BeforeEach
    void one_that_is_stuck_and_one_that_is_not() {
        layout.backend("stuck").backend("good", "m").probing(EVERY, LIMIT);
        backends.probe("stuck", deadline -> {
            begun.release();
            deafUntil(released);
            return BackendStatus.ready(List.of());
        });
        backends.probe("good", deadline -> {
            other.release();
            return BackendStatus.ready(List.of());
        });
    }

    @AfterEach
    void release() {
        released.complete(null);
    }

    /** As the worst of plugins would: an interrupt is swallowed. */
    private static void deafUntil(CompletableFuture<?> event) {
        while (!event.isDone()) {
            try {
                event.get();
            } catch (Exception swallowed) {
                Thread.interrupted();
            }
        }
    }

    private static void once(Semaphore event) throws InterruptedException {
        assertThat(event.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    private ProbeReport givenUp() throws InterruptedException {
        engine();
        once(begun);
        once(other);
        time.awaitAlarms(1, EVERY); // the good one's next look
        time.advance(LIMIT);
        time.advance(Prober.PATIENCE);
        return guard.probed("stuck");
    }

    @Test
    void it_is_given_up_and_told_as_a_defect_of_that_backend() throws Exception {
        ProbeReport report = givenUp();
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEFECT);
        assertThat(report.failure().orElseThrow().message())
                .contains("the probe of the backend type fake", "after its deadline and an interrupt");
        assertThat(engine().plans().now().members().get("stuck").known().state())
                .isEqualTo(BackendState.UNKNOWN);
        assertThat(engine().plans().now().members().get("stuck").known().detail())
                .contains("after its deadline and an interrupt");
    }

    @Test
    void no_other_is_begun_beside_it_while_others_are_looked_at_as_ever() throws Exception {
        givenUp();
        for (int i = 0; i < 3; i++) {
            time.advance(EVERY);
            once(other);
            time.awaitAlarms(2, EVERY);
        }
        assertThat(begun.availablePermits()).isZero();
    }

    @Test
    void it_is_looked_at_again_once_it_has_come_back() throws Exception {
        givenUp();
        backends.probe("stuck", deadline -> {
            begun.release();
            return BackendStatus.ready(List.of());
        });
        released.complete(null);
        time.advance(EVERY);
        while (!begun.tryAcquire(100, TimeUnit.MILLISECONDS)) { // it may take a while to come back
            time.awaitAlarms(2, EVERY);
            time.advance(EVERY);
        }
        assertThat(guard.probed("stuck").status().state()).isEqualTo(BackendState.READY);
    }

    @Test
    void nobody_waits_for_it() throws Exception {
        givenUp();
        Later<Integer> asked = Later.run(() -> refused(dev.signalbox.api.Unroutable.class, chat("unknown"))
                .problem()
                .status());
        assertThat(asked.get()).isEqualTo(404);
    }
}
