package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Where closing does not end a generation, a place given back early stays taken for a while. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LingeringTest extends EngineFixture {

    @BeforeEach
    void a_server_that_runs_on() {
        layout.backend("mlx", "m").gate("one", 1, 0, "mlx");
        backends.runsOn("mlx").on("mlx", call -> Tape.sse(Chat.text("Hello")).stalls());
    }

    private int taken() {
        return engine().plans().now().gates().get("one").taken();
    }

    @Test
    void until_its_time_has_passed() throws Exception {
        ask(stream("mlx/m")).close();
        assertThat(taken()).isEqualTo(1);
        refused(Exhausted.class, stream("mlx/m"));
        advance(Duration.ofSeconds(61));
        backends.on("mlx", Chat.says("Hello"));
        awaitFree();
        assertThat(bytes(stream("mlx/m"))).contains("Hello");
    }

    @Test
    void or_until_the_runtime_shows_itself_idle() throws Exception {
        ask(stream("mlx/m")).close();
        backends.probe(
                "mlx",
                deadline -> BackendStatus.of(BackendState.READY)
                        .withLoad(new LoadSignal.Load(0, 0, OptionalDouble.empty())));
        time.awaitAlarms(1, Duration.ofSeconds(30)); // the next look: the first one may still be under way
        time.advance(Duration.ofSeconds(31));
        awaitFree();
    }

    @Test
    void but_not_by_a_look_that_began_before() throws Exception {
        CompletableFuture<Void> looking = new CompletableFuture<>();
        CompletableFuture<Void> seen = new CompletableFuture<>();
        FakeGuard guard = guard("watching");
        backends.probe("mlx", deadline -> {
            looking.complete(null);
            seen.join();
            return BackendStatus.of(BackendState.READY).withLoad(new LoadSignal.Load(0, 0, OptionalDouble.empty()));
        });
        engine();
        looking.join();
        ask(stream("mlx/m")).close();
        seen.complete(null);
        guard.probed("mlx");
        time.awaitAlarms(1, Duration.ofSeconds(30)); // all that follows the look has been done
        assertThat(taken()).isEqualTo(1);
    }

    private void awaitFree() throws InterruptedException {
        time.awaitRest();
        assertThat(taken()).isZero();
    }

    @Test
    void who_waits_for_what_a_guard_gets_back_is_asked_all_the_same() throws Exception {
        layout.gate("one", 2, 1, "mlx");
        FakeGuard guard = guard("one-at-a-time");
        guard.admits = attempt -> guard.granted.get() > guard.ended.get()
                ? Admission.later("somebody is there")
                : Admission.granted(guard.new Ticket());
        RoutedResponse first = ask(stream("mlx/m"));
        Later<RoutedResponse> second = later(stream("mlx/m"));
        heard.await(RouterEvent.Waiting.class);
        first.close();
        second.get().close();
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void not_if_the_answer_was_whole() throws Exception {
        backends.on("mlx", Chat.says("Hello"));
        bytes(stream("mlx/m"));
        assertThat(taken()).isZero();
    }

    @Test
    void not_if_the_server_refused() throws Exception {
        backends.fails("mlx", FailureKind.OVERLOADED);
        refused(Exhausted.class, stream("mlx/m"));
        assertThat(taken()).isZero();
    }

    @Test
    void not_if_the_server_refused_what_was_said_once_more_for_it() throws Exception {
        backends.on("mlx", call -> {
            if (backends.sent("mlx").size() > 1) {
                throw new BackendException(Failure.ofStatus(400, "The temperature is too high."));
            }
            return Tape.sse(
                    Chat.ROLE + Chat.frame("{\"error\":{\"message\":\"No system message here.\",\"code\":400}}"));
        });
        String later = "{'model':'mlx/m','stream':true,'messages':[{'role':'user','content':'Hi'},"
                + "{'role':'system','content':'Hurry.'}]}";
        refused(RouteException.class, body(later.replace('\'', '"')));
        assertThat(backends.sent("mlx")).hasSize(2);
        assertThat(taken()).isZero();
    }

    @Test
    void also_if_the_client_left_before_the_head_of_an_answer_that_comes_at_once_at_its_end() throws Exception {
        CompletableFuture<Void> asking = new CompletableFuture<>();
        backends.on("mlx", call -> {
            CompletableFuture<Void> cancelled = new CompletableFuture<>();
            call.cancellation().onCancel(() -> cancelled.complete(null));
            asking.complete(null);
            cancelled.join();
            throw new BackendException(FailureKind.UNREACHABLE, "the socket was closed");
        });
        Cancellation client = Cancellation.create();
        Later<RoutedResponse> asked = later(chat("mlx/m").withCancellation(client));
        asking.join();
        client.cancel();
        asked.thrown();
        assertThat(heard.await(RouterEvent.Finished.class).trace().steps()).hasSize(1);
        assertThat(taken()).isEqualTo(1);
    }

    @Test
    void a_server_that_stops_is_free_at_once() throws Exception {
        layout.backend("gpu", "m").gate("two", 1, 0, "gpu");
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello")).stalls());
        ask(stream("gpu/m")).close();
        assertThat(engine().plans().now().gates().get("two").taken()).isZero();
    }
}
