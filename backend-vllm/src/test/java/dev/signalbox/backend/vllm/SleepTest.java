package dev.signalbox.backend.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.ModelLifecycle.Resident;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.LifecycleFixture;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedVllm;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A model falls asleep and wakes up when it is told to, and its engine survives both. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SleepTest extends LifecycleFixture<ScriptedVllm> {

    private final ScriptedVllm vllm = runtime;

    SleepTest() {
        super(ScriptedVllm.start().sleepable(), (server, context) -> Backends.at(server));
    }

    @Test
    void all_names_are_in_memory_until_it_sleeps() throws Exception {
        vllm.serving("a", "b").context(100);

        assertThat(lifecycle.residents(soon()))
                .containsExactly(
                        new Resident("a", OptionalLong.empty(), OptionalLong.of(100)),
                        new Resident("b", OptionalLong.empty(), OptionalLong.of(100)));

        vllm.asleep(true);
        assertThat(lifecycle.residents(soon())).isEmpty();
    }

    @Test
    void unloading_returns_when_it_sleeps_and_not_when_that_is_promised() throws Exception {
        Gate gate = Gate.closed();
        vllm.turningFor(gate);

        Future<Void> unloading = run(() -> lifecycle.unload("test-model", soon()));
        assertThat(gate.reached()).succeedsWithin(PATIENCE);
        awaitAsked("/is_sleeping", 2);
        assertThat(unloading).isNotDone();
        gate.open();

        assertThat(unloading).succeedsWithin(PATIENCE);
        assertThat(vllm.isAsleep()).isTrue();
        assertThat(vllm.server().requests())
                .filteredOn(request -> request.path().equals("/sleep"))
                .extracting(ReceivedRequest::target)
                .containsExactly("/sleep?level=1&mode=wait");
    }

    @Test
    void loading_returns_when_it_is_awake_and_not_when_that_is_promised() throws Exception {
        Gate gate = Gate.closed();
        vllm.asleep(true).turningFor(gate);

        Future<Void> loading = run(() -> lifecycle.load("test-model", soon()));
        assertThat(gate.reached()).succeedsWithin(PATIENCE);
        awaitAsked("/is_sleeping", 2);
        assertThat(loading).isNotDone();
        gate.open();

        assertThat(loading).succeedsWithin(PATIENCE);
        assertThat(vllm.isAsleep()).isFalse();
        assertThat(vllm.server().generations()).isZero();
    }

    @Test
    void what_is_so_already_is_not_done_again() throws Exception {
        lifecycle.load("test-model", soon());
        vllm.asleep(true);
        lifecycle.unload("test-model", soon());

        assertThat(vllm.server().requests()).extracting(ReceivedRequest::path).doesNotContain("/sleep", "/wake_up");
    }

    @Test
    void it_does_not_fall_asleep_over_a_request() throws Exception {
        Gate answering = Gate.closed();
        vllm.sends(reply -> Reply.stream("text/event-stream").pause(answering).chunk("data: [DONE]\n\n"));
        Future<Void> chat = run(() -> {
            try (BackendReply reply = backend.exchange(Calls.chatStream("test-model"))) {
                reply.body().readAllBytes();
            }
        });
        assertThat(answering.reached()).succeedsWithin(PATIENCE);

        Future<Void> unloading = run(() -> lifecycle.unload("test-model", soon()));
        awaitAsked("/metrics", 2);
        assertThat(unloading).isNotDone();
        answering.open();

        assertThat(chat).succeedsWithin(PATIENCE);
        assertThat(unloading).succeedsWithin(PATIENCE);
        assertThat(vllm.isDead()).isFalse();
        assertThat(vllm.isAsleep()).isTrue();
    }

    @Test
    void one_that_stays_busy_is_left_awake_at_the_deadline() throws Exception {
        vllm.busy(1, 0.5);

        BackendException late = failure(() -> lifecycle.unload("test-model", Deadline.after(Duration.ofMillis(300))));

        assertThat(late.kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(late).hasMessageContaining("1 requests");
        assertThat(vllm.isAsleep()).isFalse();
        backend.exchange(Calls.chat("test-model")).close();
    }

    @Test
    void one_that_does_not_tell_how_busy_it_is_is_not_put_to_sleep() {
        vllm.server().on("/metrics", Reply.status(404));

        assertThat(failure(() -> lifecycle.unload("test-model", soon()))).isNotNull();
        assertThat(vllm.isAsleep()).isFalse();
    }

    @Test
    void nothing_is_sent_to_one_that_sleeps() throws Exception {
        lifecycle.unload("test-model", soon());

        BackendException refused = failure(() -> backend.exchange(Calls.chat("test-model")));
        assertThat(refused.kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("sleeps");
        assertThat(vllm.isDead()).isFalse();

        vllm.asleep(false); // somebody else woke it up
        try (BackendReply reply = backend.exchange(Calls.chat("test-model"))) {
            assertThat(reply.status()).isEqualTo(200);
        }
    }

    @Test
    void a_probe_that_sees_it_asleep_keeps_requests_away() throws Exception {
        vllm.asleep(true);
        backend.probe(soon());

        assertThat(failure(() -> backend.exchange(Calls.chat("test-model"))).kind())
                .isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(vllm.isDead()).isFalse();
    }

    @Test
    void what_a_look_saw_before_it_fell_asleep_is_no_news_after() throws Exception {
        Gate late = Gate.closed();
        vllm.server()
                .on(
                        request -> request.path().equals("/is_sleeping")
                                && !late.reached().isDone(),
                        request -> Reply.json(200, "{\"is_sleeping\":false}").headWaitsFor(late));
        Future<Void> probe = run(() -> backend.probe(soon()));
        assertThat(late.reached()).succeedsWithin(PATIENCE);

        lifecycle.unload("test-model", soon());
        late.open();
        assertThat(probe).succeedsWithin(PATIENCE);

        assertThat(failure(() -> backend.exchange(Calls.chat("test-model"))).kind())
                .isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(vllm.isDead()).isFalse();
    }

    @Test
    void nothing_is_sent_while_it_falls_asleep() throws Exception {
        Gate gate = Gate.closed();
        vllm.turningFor(gate);
        Future<Void> unloading = run(() -> lifecycle.unload("test-model", soon()));
        assertThat(gate.reached()).succeedsWithin(PATIENCE);

        assertThat(failure(() -> backend.exchange(Calls.chat("test-model"))).kind())
                .isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        gate.open();
        assertThat(unloading).succeedsWithin(PATIENCE);
        assertThat(vllm.server().generations()).isZero();
    }

    @Test
    void a_server_that_cannot_sleep_says_so_and_is_always_there() throws Exception {
        try (ScriptedVllm plain = ScriptedVllm.start();
                Backend other = Backends.at(plain.uri())) {
            ModelLifecycle models = other.ability(ModelLifecycle.class).orElseThrow();

            models.load("test-model", soon());
            assertThat(models.residents(soon())).hasSize(1);
            BackendException cannot = failure(() -> models.unload("test-model", soon()));
            assertThat(cannot.kind()).isEqualTo(FailureKind.UNSUPPORTED);
            assertThat(cannot).hasMessageContaining("--enable-sleep-mode");
        }
    }

    @Test
    void a_model_it_does_not_have_cannot_be_loaded() {
        assertThat(failure(() -> lifecycle.load("another", soon())).kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    @Test
    void a_wake_up_that_fails_is_told() {
        vllm.asleep(true);
        vllm.server().on("/wake_up", Reply.text(500, "Internal Server Error"));

        assertThat(failure(() -> lifecycle.load("test-model", soon())).kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void one_that_never_wakes_up_is_told_at_the_deadline() {
        vllm.asleep(true).turningFor(Gate.closed());

        BackendException late = failure(() -> lifecycle.load("test-model", Deadline.after(Duration.ofMillis(300))));

        assertThat(late.kind()).isEqualTo(FailureKind.TIMED_OUT);
    }
}
