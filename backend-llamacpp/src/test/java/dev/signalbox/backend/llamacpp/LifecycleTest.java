package dev.signalbox.backend.llamacpp;

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
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedLlamaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A router says at once that it has done what it is told; here it is not said before it is so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LifecycleTest extends LifecycleFixture<ScriptedLlamaServer> {

    private final ScriptedLlamaServer llama = runtime;

    LifecycleTest() {
        super(
                ScriptedLlamaServer.start()
                        .routing(
                                LlamaModel.named("qwen"),
                                LlamaModel.named("gemma").holding(2048),
                                LlamaModel.named("broken").broken()),
                (server, context) -> Backends.make(Backends.config(server), context));
    }

    @Test
    void tells_what_is_in_memory_or_on_its_way_there() throws Exception {
        llama.loaded("gemma").loadingFor(Gate.closed());
        CompletableFuture<Void> loading = run(() -> lifecycle.load("qwen", soon()));
        awaitAsked("/models/load", 1);

        assertThat(lifecycle.residents(soon()))
                .containsExactlyInAnyOrder(
                        new Resident("qwen", OptionalLong.empty(), OptionalLong.empty()),
                        new Resident("gemma", OptionalLong.empty(), OptionalLong.of(2048)));
        assertThat(loading).isNotDone();
    }

    @Test
    void loading_returns_when_the_model_is_there_and_not_when_that_is_promised() throws Exception {
        Gate gate = Gate.closed();
        llama.loadingFor(gate);

        CompletableFuture<Void> loading = run(() -> lifecycle.load("qwen", soon()));
        awaitAsked("/models", 3); // looked, said so, and looked again
        assertThat(loading).isNotDone();
        gate.open();

        assertThat(loading).succeedsWithin(PATIENCE);
        assertThat(llama.resident()).containsExactly("qwen");
        assertThat(llama.server().generations()).as("nothing was generated").isZero();
    }

    @Test
    void what_is_there_is_not_loaded_again() throws Exception {
        llama.loaded("qwen");

        lifecycle.load("qwen", soon());

        assertThat(asked("/models/load")).isZero();
    }

    @Test
    void many_that_want_the_same_model_have_it_loaded_once() throws Exception {
        Gate gate = Gate.closed();
        llama.loadingFor(gate);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(run(() -> lifecycle.load("qwen", soon())));
        }
        awaitAsked("/models/load", 1);
        gate.open();

        assertThat(all).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
        assertThat(asked("/models/load")).isEqualTo(1);
    }

    @Test
    void who_waits_for_another_hears_of_its_failure() throws Exception {
        Gate gate = Gate.closed();
        llama.loadingFor(gate);
        CompletableFuture<Void> first = run(() -> lifecycle.load("broken", soon()));
        awaitAsked("/models/load", 1);
        CompletableFuture<Void> second = run(() -> lifecycle.load("broken", soon()));
        gate.open();

        for (CompletableFuture<Void> each : List.of(first, second)) {
            assertThat(each)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("\"broken\" failed to load (exit code 1)");
        }
    }

    @Test
    void who_gives_up_leaves_the_loading_to_the_next() throws Exception {
        Gate gate = Gate.closed();
        llama.loadingFor(gate);
        CompletableFuture<Throwable> gaveUp = new CompletableFuture<>();
        Thread hasty = Thread.ofVirtual().start(() -> {
            try {
                lifecycle.load("qwen", soon());
            } catch (BackendException | InterruptedException ended) {
                gaveUp.complete(ended);
            }
        });
        awaitAsked("/models/load", 1);
        CompletableFuture<Void> patient = run(() -> lifecycle.load("qwen", soon()));

        hasty.interrupt();
        assertThat(gaveUp).succeedsWithin(PATIENCE).isInstanceOf(InterruptedException.class);
        gate.open();

        assertThat(patient).succeedsWithin(PATIENCE);
    }

    @Test
    void somebody_elses_loading_is_as_good_as_our_own() throws Exception {
        Gate gate = Gate.closed();
        llama.loadingFor(gate);
        CompletableFuture<Void> request =
                run(() -> backend.exchange(Calls.chatStream("qwen")).close());
        while (!llama.resident().contains("qwen")) {
            Thread.onSpinWait();
        }

        CompletableFuture<Void> loading = run(() -> lifecycle.load("qwen", soon()));
        gate.open();

        assertThat(loading).succeedsWithin(PATIENCE);
        assertThat(request).succeedsWithin(PATIENCE);
    }

    @Test
    void a_model_that_fails_says_so_and_one_that_is_not_listed_is_not_asked_for() {
        assertThat(loadFailure("broken").kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(loadFailure("nobody")).hasMessageContaining("does not list \"nobody\"");
        assertThat(asked("/models/load")).isEqualTo(1);
    }

    @Test
    void a_model_that_is_unloaded_while_it_loads_has_failed() throws Exception {
        llama.loadingFor(Gate.closed());
        CompletableFuture<Void> loading = run(() -> lifecycle.load("qwen", soon()));
        awaitAsked("/models/load", 1);

        lifecycle.unload("qwen", soon());

        assertThat(loading)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("\"qwen\"");
    }

    @Test
    void where_there_is_no_room_it_is_asked_again_until_there_is() throws Exception {
        llama.atMost(1).loaded("gemma").prefillingFor(Gate.closed());
        CompletableFuture<Void> loading;
        try (BackendReply busy = backend.exchange(Calls.chatStream("gemma"))) {
            assertThat(busy.status()).isEqualTo(200);
            loading = run(() -> lifecycle.load("qwen", soon()));
            awaitAsked("/models/load", 1);
            assertThat(loading).isNotDone();
        }

        assertThat(loading).succeedsWithin(PATIENCE);
        assertThat(llama.resident()).containsExactly("qwen");
    }

    @Test
    void loading_ends_at_the_deadline() {
        llama.loadingFor(Gate.closed());

        BackendException late = failure(() -> lifecycle.load("qwen", Deadline.after(Duration.ofMillis(300))));

        assertThat(late.kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void what_sleeps_is_woken() throws Exception {
        llama.loaded("qwen").sleeps("qwen");

        lifecycle.load("qwen", soon());

        assertThat(lifecycle.residents(soon())).extracting(Resident::model).containsExactly("qwen");
        assertThat(llama.server().generations()).isZero();
    }

    @Test
    void unloading_returns_when_the_model_is_gone_and_not_when_that_is_promised() throws Exception {
        Gate gate = Gate.closed();
        llama.loaded("qwen").unloadingFor(gate);

        CompletableFuture<Void> unloading = run(() -> lifecycle.unload("qwen", soon()));
        awaitAsked("/models/unload", 1);
        awaitAsked("/models", 3);
        assertThat(unloading).isNotDone();
        gate.open();

        assertThat(unloading).succeedsWithin(PATIENCE);
        assertThat(llama.resident()).isEmpty();
    }

    @Test
    void a_model_that_is_answering_is_not_killed() throws Exception {
        llama.loaded("qwen").prefillingFor(Gate.closed());
        CompletableFuture<Void> unloading;
        try (BackendReply busy = backend.exchange(Calls.chatStream("qwen"))) {
            assertThat(busy.status()).isEqualTo(200);
            unloading = run(() -> lifecycle.unload("qwen", soon()));
            awaitAsked("/slots", 1);
            assertThat(asked("/models/unload")).isZero();
        }
        context.hands().advance(Duration.ofSeconds(2)); // what was asked a moment ago is not asked again

        assertThat(unloading).succeedsWithin(PATIENCE);
        assertThat(asked("/models/unload")).isEqualTo(1);
    }

    @Test
    void a_model_that_does_not_stop_answering_is_told_at_the_deadline() throws Exception {
        llama.loaded("qwen").prefillingFor(Gate.closed());
        try (BackendReply busy = backend.exchange(Calls.chatStream("qwen"))) {
            BackendException late = failure(() -> lifecycle.unload("qwen", Deadline.after(Duration.ofMillis(300))));

            assertThat(late.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(busy.status()).isEqualTo(200);
        }
        assertThat(llama.resident()).containsExactly("qwen");
    }

    @Test
    void unloading_what_is_not_there_asks_nobody_to_do_anything() throws Exception {
        lifecycle.unload("qwen", soon());
        lifecycle.unload("nobody", soon());

        assertThat(asked("/models/unload")).isZero();
    }

    @Test
    void a_server_with_one_model_has_it_and_keeps_it() throws Exception {
        try (ScriptedLlamaServer single = ScriptedLlamaServer.start();
                Backend other = Backends.at(single.uri())) {
            ModelLifecycle one = other.ability(ModelLifecycle.class).orElseThrow();

            one.load("tiny-model", soon());
            one.unload("nobody", soon());

            assertThat(one.residents(soon())).extracting(Resident::model).containsExactly("tiny-model");
            assertThat(failure(() -> one.unload("tiny-model", soon())).kind()).isEqualTo(FailureKind.UNSUPPORTED);
            assertThat(single.server().requests())
                    .extracting(ReceivedRequest::method)
                    .containsOnly("GET");
        }
    }

    @Test
    void a_server_with_one_model_is_waited_for_and_woken() throws Exception {
        try (ScriptedLlamaServer single = ScriptedLlamaServer.start();
                Backend other = Backends.at(single.uri())) {
            ModelLifecycle one = other.ability(ModelLifecycle.class).orElseThrow();
            single.loading(true);
            CompletableFuture<Void> loading = run(() -> one.load("tiny-model", soon()));
            single.server().request(1);
            assertThat(loading).isNotDone();

            single.loading(false);
            assertThat(loading).succeedsWithin(PATIENCE);

            single.sleeps();
            assertThat(one.residents(soon())).isEmpty();
            one.unload("tiny-model", soon());
            assertThat(single.asleep()).isTrue();
            one.load("tiny-model", soon());
            assertThat(single.asleep()).isFalse();
        }
    }

    private BackendException loadFailure(String model) {
        return failure(() -> lifecycle.load(model, soon()));
    }
}
