package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.ErrorReply;
import dev.signalbox.spi.RouterEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GatesTest extends EngineFixture {

    private final CompletableFuture<Void> generated = new CompletableFuture<>();
    private final List<String> order = new java.util.concurrent.CopyOnWriteArrayList<>();

    @BeforeEach
    void a_gate_of_one_place() {
        layout.backend("gpu", "m:latest")
                .backend("laptop", "m")
                .profile("coding", "gpu/m", "laptop/m")
                .gate("one", 1, 2, "gpu");
        backends.on("gpu", call -> {
                    order.add(call.headers().first("x-name").orElse("?"));
                    return order.size() == 1
                            ? Tape.sse(Chat.text("Hello")).await(generated).then(Chat.FINISH)
                            : Tape.json(Chat.whole("Hello"));
                })
                .on("laptop", Chat.says("laptop"));
    }

    private Later<RoutedResponse> waiting(String name, String priority, int alreadyWaiting)
            throws InterruptedException {
        Later<RoutedResponse> asked =
                later(chat("gpu/m").withHeader("x-name", name).withHeader("X-Signalbox-Priority", priority));
        heard.await(RouterEvent.Waiting.class, alreadyWaiting + 1);
        return asked;
    }

    @Test
    void one_place_is_for_one_request_until_its_stream_is_over() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        backends.on("gpu", call -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            return Tape.sse(Chat.stream("Hello"));
        });
        layout.gate("one", 1, 1_000, "gpu");
        engine();
        List<Later<Void>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(Later.run(() -> {
                try (RoutedResponse response = ask(stream("gpu/m"))) {
                    response.body().read();
                    inside.decrementAndGet();
                }
                return null;
            }));
        }
        for (Later<Void> each : all) {
            each.get();
        }
        assertThat(most).hasValue(1);
        assertThat(engine().plans().now().gates().get("one").taken()).isZero();
    }

    @Test
    void a_full_queue_says_come_back_later() throws Exception {
        try (RoutedResponse first = ask(stream("gpu/m"))) {
            waiting("second", "", 0);
            waiting("third", "", 1);
            Exhausted failed = refused(Exhausted.class, chat("gpu/m"));
            assertThat(failed.problem().status()).isEqualTo(503);
            assertThat(failed.problem().code()).isEqualTo("full");
            assertThat(ErrorReply.of(Dialect.OPENAI_CHAT, failed).headers().first("Retry-After"))
                    .isPresent();
            assertThat(first.streamed()).isTrue();
        }
    }

    @Test
    void what_is_full_does_not_hide_what_failed() throws Exception {
        layout.gate("one", 1, 0, "gpu").profile("coding", "laptop/m", "gpu/m");
        backends.fails("laptop", FailureKind.UNREACHABLE);
        try (RoutedResponse first = ask(stream("gpu/m"))) {
            Exhausted failed = refused(Exhausted.class, chat("coding"));
            assertThat(failed.problem().message()).contains("laptop/m: unreachable", "gpu/m:latest: full");
            assertThat(first.streamed()).isTrue();
        }
    }

    @Test
    void the_next_target_is_taken_while_the_first_is_full() throws Exception {
        try (RoutedResponse first = ask(stream("coding"));
                RoutedResponse second = ask(chat("coding"))) {
            assertThat(first.target()).hasToString("gpu/m:latest");
            assertThat(second.text()).isEqualTo("laptop");
        }
    }

    @Test
    void a_profile_that_does_not_spill_waits_for_its_first_target() throws Exception {
        layout.profile("coding", Layout.noSpill(), "gpu/m", "laptop/m");
        RoutedResponse first = ask(stream("coding"));
        Later<RoutedResponse> second = later(chat("coding"));
        heard.await(RouterEvent.Waiting.class);
        assertThat(second.over()).isFalse();
        first.close();
        try (RoutedResponse response = second.get()) {
            assertThat(response.target()).hasToString("gpu/m:latest");
        }
    }

    @Test
    void a_profile_that_does_not_spill_still_falls_back_on_failures() throws Exception {
        layout.profile("coding", Layout.noSpill(), "gpu/m", "laptop/m");
        backends.fails("gpu", FailureKind.UNREACHABLE);
        assertThat(bytes(chat("coding"))).contains("laptop");
    }

    @Test
    void a_gate_in_front_of_a_model_holds_by_whatever_name_it_is_asked_for() throws Exception {
        layout.gate("one", 1, 0, "gpu/m");
        try (RoutedResponse first = ask(stream("gpu/m:latest"))) {
            refused(Exhausted.class, chat("gpu/m:latest"));
            refused(Exhausted.class, chat("gpu/m"));
            assertThat(first.streamed()).isTrue();
        }
    }

    @Test
    void who_is_in_a_hurry_is_asked_first() throws Exception {
        RoutedResponse first = ask(stream("gpu/m").withHeader("x-name", "first"));
        Later<RoutedResponse> background = waiting("patient", "background", 0);
        Later<RoutedResponse> foreground = waiting("hasty", "foreground", 1);
        first.close();
        foreground.get().close();
        background.get().close();
        assertThat(order).containsExactly("first", "hasty", "patient");
    }

    @Test
    void the_trace_tells_how_long_it_waited_and_behind_how_many() throws Exception {
        RoutedResponse first = ask(stream("gpu/m"));
        Later<RoutedResponse> second = waiting("second", "", 0);
        Later<RoutedResponse> third = waiting("third", "", 1);
        time.advance(java.time.Duration.ofMillis(1_500));
        first.close();
        try (RoutedResponse answer = second.get()) {
            read(answer);
            assertThat(answer.trace().steps())
                    .extracting(step -> "%s by %s: %s".formatted(step.brief(), step.by(), step.reason()))
                    .containsExactly(
                            "gpu/m:latest=waited by room: 1.500 s, first in line: gate one is full",
                            "gpu/m:latest=answered by : ");
        }
        try (RoutedResponse answer = third.get()) {
            assertThat(answer.trace().steps().getFirst().reason())
                    .isEqualTo("1.500 s, at first behind 1: gate one is full");
            assertThat(answer.headers().first("X-Signalbox-Steps"))
                    .hasValue("gpu/m:latest=waited, gpu/m:latest=answered");
        }
        assertThat(heard.events(RouterEvent.Finished.class).getFirst().trace().steps())
                .noneMatch(step -> step.what().equals("waited"));
    }

    @Test
    void the_trace_tells_of_a_wait_that_led_nowhere() throws Exception {
        try (RoutedResponse first = ask(stream("gpu/m"))) {
            Later<RoutedResponse> second = waiting("second", "", 0);
            advance(java.time.Duration.ofSeconds(61));
            Exhausted failed = (Exhausted) second.thrown();
            assertThat(failed.trace().steps())
                    .extracting(step -> "%s by %s: %s".formatted(step.brief(), step.by(), step.reason()))
                    .containsExactly("gpu/m:latest=waited by room: 61.000 s, first in line: gate one is full");
            assertThat(first.streamed()).isTrue();
        }
    }

    @Test
    void events_tell_of_the_wait() throws Exception {
        RoutedResponse first = ask(stream("gpu/m"));
        Later<RoutedResponse> second = waiting("second", "", 0);
        RouterEvent.Waiting waiting = heard.only(RouterEvent.Waiting.class);
        assertThat(waiting.position()).isEqualTo(1);
        assertThat(waiting.reason()).contains("gate one is full");
        assertThat(engine().targets())
                .filteredOn(report -> report.target().backend().equals("gpu"))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.inFlight()).isEqualTo(1);
                    assertThat(report.waiting()).isEqualTo(1);
                });
        time.advance(java.time.Duration.ofSeconds(3));
        first.close();
        second.get().close();
        assertThat(heard.events(RouterEvent.Attempted.class).getLast().waited())
                .isEqualTo(java.time.Duration.ofSeconds(3));
    }
}
