package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.LoadSignal.Load;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How busy a llama-server is, asked so seldom that it still notices who leaves. */
@Timeout(120) // what is waited for in vain fails its test, not the build
@DisplayNameGeneration(ReplaceUnderscores.class)
class OccupancyTest {

    private final ScriptedLlamaServer llama = ScriptedLlamaServer.start().prefillingFor(Gate.closed());
    private final TestContext context = TestContext.named("shelf");
    private final Backend backend = Backends.make(Backends.config(llama.uri()), context);
    private final LoadSignal signal = backend.ability(LoadSignal.class).orElseThrow();

    @AfterEach
    void end() {
        backend.close();
        llama.close();
    }

    @Test
    void counts_slots_where_there_are_no_metrics() throws Exception {
        try (BackendReply one = ask("tiny-model");
                BackendReply two = ask("tiny-model")) {
            assertThat(load()).isEqualTo(busy(2, 0));
            assertThat(one.status()).isEqualTo(two.status());
        }
    }

    @Test
    void prefers_metrics_which_know_who_waits() throws Exception {
        llama.measuring().slots(1);
        try (BackendReply one = ask("tiny-model")) {
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    ask("tiny-model").close();
                } catch (BackendException | InterruptedException ended) {
                    // with the server
                }
            });
            while (llama.waiting() == 0) {
                Thread.onSpinWait();
            }

            assertThat(load()).isEqualTo(busy(1, 1));
            assertThat(asked("/slots")).isZero();
            waiting.interrupt();
            waiting.join();
            assertThat(one.status()).isEqualTo(200);
        }
    }

    @Test
    void asks_no_more_than_once_a_second_however_many_want_to_know() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Load>> many = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                many.add(this::load);
            }
            for (Future<Load> each : threads.invokeAll(many)) {
                assertThat(each.get()).isEqualTo(busy(0, 0));
            }
        }
        assertThat(asked("/slots")).isEqualTo(1);

        context.hands().advance(Duration.ofMillis(999));
        load();
        assertThat(asked("/slots")).isEqualTo(1);

        context.hands().advance(Duration.ofMillis(1));
        load();
        assertThat(asked("/slots")).isEqualTo(2);
    }

    @Test
    void a_probe_counts_among_them() throws Exception {
        load();
        backend.probe(soon());

        assertThat(asked("/slots")).isEqualTo(1);
    }

    @Test
    void asks_for_metrics_that_are_not_there_once_a_minute() throws Exception {
        for (int second = 0; second < 60; second++) {
            load();
            context.hands().advance(Duration.ofSeconds(1));
        }
        assertThat(asked("/metrics")).isEqualTo(1);
        assertThat(asked("/slots")).isEqualTo(60);

        llama.measuring();
        load();
        assertThat(asked("/metrics")).isEqualTo(2);
        assertThat(asked("/slots")).isEqualTo(60);
    }

    @Test
    void a_failure_is_an_answer_too() {
        llama.withoutSlots();

        assertThat(failure().kind()).isEqualTo(FailureKind.UNSUPPORTED);
        assertThat(failure().kind()).isEqualTo(FailureKind.UNSUPPORTED);
        assertThat(asked("/slots")).isEqualTo(1);
    }

    @Test
    void does_not_wake_who_sleeps() throws Exception {
        llama.sleeps();

        assertThat(load()).isEqualTo(busy(0, 0));
        assertThat(llama.asleep()).isTrue();
    }

    @Test
    void adds_up_the_models_of_a_router_that_are_loaded() throws Exception {
        llama.routing(
                        LlamaModel.named("qwen"),
                        LlamaModel.named("odd/name & more"),
                        LlamaModel.named("idle"),
                        LlamaModel.named("dozing"))
                .loaded("qwen")
                .loaded("odd/name & more")
                .loaded("dozing")
                .sleeps("dozing");
        try (BackendReply one = ask("qwen");
                BackendReply two = ask("odd/name & more")) {
            assertThat(load()).isEqualTo(busy(2, 0));
            assertThat(one.status()).isEqualTo(two.status());
        }
        assertThat(llama.resident()).doesNotContain("idle");
        assertThat(llama.server().requests())
                .noneMatch(request -> request.target().contains("dozing"));
    }

    @Test
    void numbers_that_make_no_sense_are_bounded_or_refused() throws Exception {
        llama.server()
                .on(
                        "/metrics",
                        Reply.text(
                                200,
                                "llamacpp:requests_processing{model=\"m\"} 2\nllamacpp:requests_deferred 99999999999.5\n"),
                        Reply.text(200, "llamacpp:requests_processing NaN\n"));

        assertThat(load()).isEqualTo(busy(2, 1_000_000));
        context.hands().advance(Duration.ofSeconds(1));
        assertThat(failure().kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    private static Load busy(int running, int waiting) {
        return new Load(running, waiting, OptionalDouble.empty());
    }

    private Load load() throws Exception {
        return signal.load(soon());
    }

    private BackendException failure() {
        return catchThrowableOfType(BackendException.class, this::load);
    }

    private BackendReply ask(String model) throws BackendException, InterruptedException {
        return backend.exchange(Calls.chatStream(model));
    }

    private long asked(String path) {
        return llama.server().requests().stream()
                .filter(request -> request.path().equals(path))
                .count();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
