package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How long a prompt is: a question that takes no model's time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CountingTest extends EngineFixture {

    private final FakeGuard guard = guard("watching");

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m")
                .backend("laptop", "m")
                .profile("coding", "gpu/m", "laptop/m")
                .gate("one", 1, 0, "gpu", "laptop");
        backends.dialects = java.util.Set.of(Dialect.OPENAI_CHAT);
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello")).stalls());
    }

    private static RouteRequest count(String model) {
        return RouteRequest.of(Dialect.ANTHROPIC_COUNT_TOKENS, Body.of("""
                {"model": "%s", "messages": [{"role": "user", "content": "How long is this, do you think?"}]}
                """.formatted(model)));
    }

    private void counts(String backend, long tokens) {
        backends.counts(backend, (request, model, deadline) -> OptionalLong.of(tokens));
    }

    @Test
    void a_target_that_can_count_is_asked_past_gates_and_guards() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>("");
        backends.counts("gpu", (request, model, deadline) -> {
            asked.set("%s of %s".formatted(request.lastUserText(), model));
            return OptionalLong.of(92);
        });
        try (RoutedResponse busy = ask(stream("gpu/m"));
                RoutedResponse answer = ask(count("coding"))) {
            assertThat(busy.streamed()).isTrue();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.streamed()).isFalse();
            assertThat(answer.target()).hasToString("gpu/m");
            assertThat(answer.dialect()).isEqualTo(Dialect.ANTHROPIC_COUNT_TOKENS);
            assertThat(answer.headers().first("Content-Type")).hasValue("application/json");
            assertThat(answer.headers().first("X-Signalbox-Steps")).hasValue("gpu/m=answered");
            assertThat(answer.headers().first("X-Signalbox-Estimated")).isEmpty();
            assertThat(read(answer)).isEqualTo("{\"input_tokens\": 92}");
        }
        assertThat(asked.get()).contains("How long is this", " of m");
        assertThat(guard.granted).hasValue(1); // of what keeps the gpu busy
        assertThat(guard.reports)
                .allSatisfy(report -> assertThat(report.request().dialect()).isEqualTo(Dialect.OPENAI_CHAT));
        assertThat(backends.sent("gpu")).hasSize(1);
        assertThat(heard.events(RouterEvent.Finished.class))
                .extracting(event -> event.trace().outcome().orElseThrow())
                .contains(RouteTrace.Outcome.ANSWERED);
    }

    @Test
    void where_nobody_can_count_it_is_estimated_and_says_so() throws Exception {
        try (RoutedResponse answer = ask(count("coding"))) {
            assertThat(answer.headers().first("X-Signalbox-Estimated")).hasValue("tokens");
            assertThat(read(answer)).matches("\\{\"input_tokens\": [1-9][0-9]?\\}");
            assertThat(answer.trace().steps().getLast().by()).isEqualTo("engine");
        }
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void the_next_one_counts_if_the_first_fails_or_does_not_know() throws Exception {
        backends.counts("gpu", (request, model, deadline) -> {
            throw new BackendException(FailureKind.UNREACHABLE, "nobody there");
        });
        counts("laptop", 7);
        try (RoutedResponse answer = ask(count("coding"))) {
            assertThat(read(answer)).isEqualTo("{\"input_tokens\": 7}");
            assertThat(answer.trace().steps())
                    .extracting(RouteTrace.Step::brief)
                    .containsExactly("gpu/m=skipped", "laptop/m=answered");
        }
        backends.counts("gpu", (request, model, deadline) -> OptionalLong.empty());
        assertThat(bytes(count("coding"))).isEqualTo("{\"input_tokens\": 7}");
    }

    @Test
    void only_a_model_in_memory_of_a_server_that_is_there_is_asked() throws Exception {
        layout.backend("gpu").backend("laptop");
        backends.probe(
                        "gpu",
                        deadline ->
                                BackendStatus.ready(List.of(ModelInfo.named("m").withLoaded(false))))
                .probe(
                        "laptop",
                        deadline ->
                                BackendStatus.ready(List.of(ModelInfo.named("m").withLoaded(true))));
        counts("gpu", 1);
        counts("laptop", 2);
        bytes(chatOf("laptop/m"));
        bytes(chatOf("gpu/m"));
        assertThat(bytes(count("coding"))).isEqualTo("{\"input_tokens\": 2}");
    }

    private RouteRequest chatOf(String target) {
        backends.on(target.substring(0, target.indexOf('/')), Chat.says("Hello"));
        return chat(target);
    }

    @Test
    void a_server_that_is_down_is_not_asked() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        listeners.add(event -> {
            if (event instanceof RouterEvent.BackendChanged changed
                    && changed.backend().equals("gpu")) {
                looked.countDown();
            }
        });
        backends.probe("gpu", deadline -> BackendStatus.of(BackendState.DOWN));
        counts("gpu", 1);
        engine();
        looked.await();
        try (RoutedResponse answer = ask(count("gpu/m"))) {
            assertThat(answer.headers().first("X-Signalbox-Estimated")).hasValue("tokens");
        }
    }

    @Test
    void a_guard_that_excludes_a_target_keeps_the_prompt_from_it() throws Exception {
        guard.assesses = candidate -> candidate.target().backend().equals("gpu")
                ? Verdict.exclude(Refusal.of(Refusal.Kind.NOT_ALLOWED, "not for this caller"))
                : Verdict.admit();
        counts("gpu", 1);
        counts("laptop", 2);
        try (RoutedResponse answer = ask(count("coding"))) {
            assertThat(read(answer)).isEqualTo("{\"input_tokens\": 2}");
            assertThat(answer.trace().steps().getFirst().by()).isEqualTo("watching");
        }
    }

    @Test
    void a_counter_that_does_not_come_back_is_not_waited_for() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        backends.counts("gpu", (request, model, deadline) -> {
            begun.complete(null);
            new CountDownLatch(1).await();
            return OptionalLong.empty();
        });
        Later<RoutedResponse> asked = later(count("gpu/m"));
        begun.join();
        time.advance(java.time.Duration.ofSeconds(5));
        try (RoutedResponse answer = asked.get()) {
            assertThat(answer.headers().first("X-Signalbox-Estimated")).hasValue("tokens");
            assertThat(answer.trace().steps().getFirst().reason()).contains("did not count within");
        }
    }

    @Test
    void a_client_that_leaves_ends_it() throws Exception {
        Cancellation client = Cancellation.create();
        backends.counts("gpu", (request, model, deadline) -> {
            client.cancel();
            new CountDownLatch(1).await();
            return OptionalLong.empty();
        });
        refused(Cancelled.class, count("gpu/m").withCancellation(client));
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).hasValue(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void a_counter_with_a_bug_is_a_defect() throws Exception {
        counts("gpu", -3);
        assertThat(refused(Unroutable.class, count("gpu/m")).problem().status()).isEqualTo(500);
        backends.counts("gpu", (request, model, deadline) -> {
            throw new IllegalStateException("on purpose");
        });
        assertThat(refused(Unroutable.class, count("gpu/m")).problem().message())
                .contains("on purpose");
    }

    @Test
    void a_client_that_has_left_before_a_target_is_asked_is_not_waited_for() throws Exception {
        Cancellation leaves = Cancellation.create();
        guard.assesses = candidate -> {
            leaves.cancel();
            return Verdict.admit();
        };
        backends.counts("gpu", (request, model, deadline) -> {
            new CountDownLatch(1).await();
            return OptionalLong.empty();
        });
        Later<RoutedResponse> asked = later(count("coding").withCancellation(leaves));
        assertThat(asked.thrown()).isInstanceOf(Cancelled.class);
    }

    @Test
    void it_can_be_explained_and_then_nobody_is_asked() throws Exception {
        backends.counts("gpu", (request, model, deadline) -> {
            throw new AssertionError("nobody is to be asked");
        });
        RouteTrace trace = engine().explain(count("coding"));
        assertThat(trace.chain())
                .extracting(standing -> "%s %s".formatted(standing.target(), standing.verdict()))
                .containsExactly("gpu/m admitted", "laptop/m admitted");
        guard.probed("gpu"); // before that it might still list it
        assertThat(engine().explain(count("gpu/nobody")).problem().orElseThrow().status())
                .isEqualTo(404);
    }

    @Test
    void a_model_that_nobody_offers_is_not_estimated() throws Exception {
        // before the first probe nobody knows what is offered
        await().until(() -> engine().plans().now().members().values().stream().noneMatch(Member::unread));
        assertThat(refused(Unroutable.class, count("gpu/nobody")).problem().status())
                .isEqualTo(404);
        assertThat(refused(Unroutable.class, count("nobody")).problem().status())
                .isEqualTo(404);
    }
}
