package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.api.Target;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often backends are looked at, and what comes of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProbingTest extends EngineFixture {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final FakeGuard guard = guard("learning");
    private final AtomicInteger looks = new AtomicInteger();
    private volatile BackendState state = BackendState.READY;
    private volatile List<ModelInfo> models = List.of(ModelInfo.named("m"));

    @BeforeEach
    void one_backend() {
        layout.backend("gpu").probing(EVERY, Duration.ofSeconds(7));
        backends.probe("gpu", deadline -> {
            looks.incrementAndGet();
            if (state == BackendState.DOWN) {
                throw new BackendException(FailureKind.UNREACHABLE, "connection refused");
            }
            return state == BackendState.READY ? BackendStatus.ready(models) : BackendStatus.of(state);
        });
    }

    /** Waits until the next look is planned in exactly that long, then lets it come. */
    private ProbeReport nextLookIn(Duration pause) throws InterruptedException {
        time.awaitAlarms(1, pause);
        time.advance(pause);
        return guard.probed("gpu");
    }

    private void begins(BackendState first) throws InterruptedException {
        state = first;
        engine();
        guard.probed("gpu");
    }

    @Test
    void while_all_is_well_it_is_looked_at_now_and_then() throws Exception {
        begins(BackendState.READY);
        for (int i = 0; i < 5; i++) {
            nextLookIn(EVERY);
        }
        assertThat(looks).hasValue(6);
    }

    @ParameterizedTest
    @CsvSource({"READY, true", "BUSY, true", "UNKNOWN, true", "LOADING, false", "DOWN, false"})
    void the_router_is_ready_as_soon_as_a_server_was_asked_that_would_be_tried(BackendState first, boolean ready)
            throws Exception {
        layout.backend("gpu", "m");
        begins(first);
        assertThat(engine().ready()).isEqualTo(ready);
    }

    @Test
    void targets_tell_how_it_is_when_that_was_seen_and_what_it_said() throws Exception {
        begins(BackendState.READY);
        Instant first = time.now();
        assertThat(engine().targets()).singleElement().satisfies(report -> {
            assertThat(report.target()).isEqualTo(Target.of("gpu/m"));
            assertThat(report.state()).isEqualTo(BackendState.READY);
            assertThat(report.probed()).contains(first);
            assertThat(report.detail()).isEmpty();
        });
        state = BackendState.DOWN;
        nextLookIn(EVERY);
        assertThat(engine().targets()).singleElement().satisfies(report -> {
            assertThat(report.state()).isEqualTo(BackendState.DOWN);
            assertThat(report.probed()).contains(first.plus(EVERY));
            assertThat(report.detail()).isEqualTo("connection refused");
        });
    }

    @Test
    void what_is_said_of_a_model_beats_what_its_server_says_which_tells_the_rest() throws Exception {
        LinkedHashMap<String, ModelInfo> said = new LinkedHashMap<>();
        said.put("m", ModelInfo.named("m").with(Capability.TOOLS, Support.NO));
        layout.backend("gpu", backend -> backend.withModels(said), "m");
        models =
                List.of(ModelInfo.named("m").with(Capability.TOOLS, Support.YES).with(Capability.VISION, Support.YES));
        begins(BackendState.READY);
        assertThat(engine().targets()).singleElement().satisfies(report -> {
            assertThat(report.model().support(Capability.TOOLS)).isEqualTo(Support.NO);
            assertThat(report.model().support(Capability.VISION)).isEqualTo(Support.YES);
        });
    }

    @Test
    void the_router_is_not_ready_before_anybody_was_asked() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        layout.backend("gpu", "m");
        backends.probe("gpu", deadline -> {
            asked.join();
            return BackendStatus.unknown();
        });
        assertThat(engine().ready()).isFalse();
        asked.complete(null);
    }

    @Test
    void while_it_loads_it_is_looked_at_every_second_for_five_minutes_and_then_as_ever() throws Exception {
        begins(BackendState.LOADING);
        for (int i = 0; i < Prober.LONGEST_HURRY.toSeconds(); i++) {
            nextLookIn(Prober.WHILE_LOADING);
        }
        nextLookIn(EVERY);
        nextLookIn(EVERY);
    }

    @Test
    void a_second_time_it_loads_is_hurried_for_again() throws Exception {
        begins(BackendState.LOADING);
        time.awaitAlarms(1, Prober.WHILE_LOADING);
        time.advance(Prober.LONGEST_HURRY);
        guard.probed("gpu");
        state = BackendState.READY;
        nextLookIn(EVERY);
        state = BackendState.LOADING;
        nextLookIn(EVERY);
        nextLookIn(Prober.WHILE_LOADING);
    }

    @Test
    void while_it_is_gone_it_is_looked_for_more_often_for_five_minutes() throws Exception {
        begins(BackendState.DOWN);
        for (int i = 0; i < Prober.LONGEST_HURRY.dividedBy(Prober.WHILE_DOWN); i++) {
            nextLookIn(Prober.WHILE_DOWN);
        }
        nextLookIn(EVERY);
    }

    @Test
    void its_models_are_kept_while_it_is_gone_and_read_again_once_it_is_back() throws Exception {
        begins(BackendState.READY);
        state = BackendState.DOWN;
        nextLookIn(EVERY);
        assertThat(engine().plans().now().members().get("gpu").targets()).containsExactly(Target.of("gpu/m"));
        models = List.of(ModelInfo.named("m"), ModelInfo.named("new"));
        state = BackendState.READY;
        nextLookIn(Prober.WHILE_DOWN);

        assertThat(engine().plans().now().members().get("gpu").targets())
                .containsExactly(Target.of("gpu/m"), Target.of("gpu/new"));
    }

    @Test
    void one_that_refuses_a_request_is_looked_at_at_once_and_the_router_is_not_ready_then() throws Exception {
        begins(BackendState.READY);
        time.advance(A_SECOND);
        dies();
        refused(Exhausted.class, chat("gpu/m"));

        assertThat(guard.probed("gpu").status().state()).isEqualTo(BackendState.DOWN);
        assertThat(engine().ready()).isFalse();
        nextLookIn(Prober.WHILE_DOWN);
    }

    @Test
    void one_that_refuses_many_requests_is_looked_at_once_a_second() throws Exception {
        begins(BackendState.READY);
        dies();
        for (int second = 1; second <= 3; second++) {
            for (int i = 0; i < 5; i++) {
                refused(Exhausted.class, chat("gpu/m"));
            }
            time.awaitRest();
            assertThat(looks).hasValue(second);
            nextLookIn(A_SECOND);
        }
    }

    @Test
    void one_whose_answer_breaks_off_is_looked_at_at_once() throws Exception {
        begins(BackendState.READY);
        time.advance(A_SECOND);
        backends.on("gpu", call -> Tape.sse(Chat.text("Hel")));
        bytes(stream("gpu/m"));
        guard.probed("gpu");
        assertThat(looks).hasValue(2);
    }

    @Test
    void one_that_is_there_and_says_no_is_looked_at_as_ever() throws Exception {
        begins(BackendState.READY);
        time.advance(A_SECOND);
        backends.fails("gpu", FailureKind.OVERLOADED);
        refused(Exhausted.class, chat("gpu/m"));
        time.awaitRest();
        assertThat(looks).hasValue(1);
    }

    private void dies() {
        state = BackendState.DOWN;
        backends.fails("gpu", FailureKind.UNREACHABLE);
    }

    @Test
    void each_change_is_an_event_with_its_cause_and_kept_for_operators() throws Exception {
        begins(BackendState.READY);
        state = BackendState.DOWN;
        nextLookIn(EVERY);
        nextLookIn(Prober.WHILE_DOWN);
        state = BackendState.READY;
        nextLookIn(Prober.WHILE_DOWN);

        assertThat(heard.events(RouterEvent.BackendChanged.class))
                .extracting(event -> event.before().id() + " " + event.now().id() + " " + event.cause())
                .containsExactly("unknown ready ", "ready down connection refused", "down ready ");
        assertThat(engine().changes())
                .hasSize(3)
                .first()
                .satisfies(newest -> assertThat(newest)
                        .isInstanceOfSatisfying(
                                RouterEvent.BackendChanged.class,
                                event -> assertThat(event.now()).isEqualTo(BackendState.READY)));
    }
}
