package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordersTest {

    private final RecordingGuard guard = new RecordingGuard();
    private final TestAttempt attempt = TestAttempt.at("gpu/m");

    @Test
    void a_guard_says_what_it_is_told_to() {
        Refusal refusal = Refusal.of(Refusal.Kind.FULL, "full");
        guard.refusing(refusal).excluding(Target.of("gpu/m"), refusal);

        assertThat(guard.screen(new Screening(attempt.request(), "test", attempt.settings())))
                .isEqualTo(Ruling.refuse(refusal));
        assertThat(guard.assess(attempt)).isEqualTo(Verdict.exclude(refusal));
        assertThat(guard.assess(TestAttempt.at("cpu/m"))).isEqualTo(Verdict.admit());
        assertThat(guard.assessed()).containsExactly(Target.of("gpu/m"), Target.of("cpu/m"));
    }

    @Test
    void a_guard_counts_its_leases() {
        lease().end(attempt.answered());
        lease().undo();
        lease();

        assertThat(guard.ended()).hasSize(1);
        assertThat(guard.undone()).isEqualTo(1);
        assertThat(guard.open()).isEqualTo(1);
        assertThat(guard.asked()).hasSize(3);
    }

    @Test
    void a_lease_that_is_given_back_twice_is_an_error() {
        Lease lease = lease();
        lease.undo();

        assertThatThrownBy(() -> lease.end(attempt.answered()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("A lease was given back 2 times");
    }

    @Test
    void a_listener_waits_for_an_event() throws Exception {
        RecordingListener listener = new RecordingListener();
        Later<RouterEvent.Reconfigured> waiting = Later.run(() -> listener.await(RouterEvent.Reconfigured.class));

        listener.on(new RouterEvent.Noted(HandClock.START, "t", "x", "y"));
        listener.on(new RouterEvent.Reconfigured(HandClock.START));

        assertThat(waiting.result()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(listener.events()).hasSize(2);
    }

    @Test
    void a_backend_without_a_server_answers_and_counts_what_is_open() throws Exception {
        TestBackend backend = TestBackend.saying("All", " clear");

        try (BackendReply whole = backend.exchange(Calls.chat("m"));
                BackendReply stream = backend.exchange(Calls.chatStream("m"))) {
            assertThat(new String(whole.body().readAllBytes(), UTF_8)).contains("All clear");
            assertThat(new String(stream.body().readAllBytes(), UTF_8)).endsWith("data: [DONE]\n\n");
            assertThat(backend.open()).isEqualTo(2);
        }
        assertThat(backend.open()).isZero();
        assertThat(backend.calls()).hasSize(2);
        backend.failing(FailureKind.OVERLOADED, "busy");
        assertThatThrownBy(() -> backend.exchange(Calls.chat("m"))).isInstanceOf(BackendException.class);
    }

    private Lease lease() {
        return ((Admission.Granted) guard.admit(attempt)).lease();
    }
}
