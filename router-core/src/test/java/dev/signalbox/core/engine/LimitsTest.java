package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.config.Limits;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LimitsTest extends EngineFixture {

    private static final Duration A_LITTLE = Duration.ofSeconds(1);

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("laptop", Chat.says("from the laptop"));
    }

    @Test
    void a_stream_without_content_in_time_fails_and_the_next_target_is_asked() throws Exception {
        Tape silent = Tape.sse(Chat.ROLE).stalls();
        backends.on("gpu", call -> silent);
        Later<RoutedResponse> asked = later(stream("coding"));
        silent.paused().join();
        time.advance(Limits.DEFAULT.firstContent().plus(A_LITTLE));
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("from the laptop");
        }
        assertThat(silent.closed()).isCompleted();
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void the_head_of_a_stream_counts_too() throws Exception {
        CompletableFuture<Void> asking = new CompletableFuture<>();
        backends.on("gpu", call -> {
            CompletableFuture<Void> cancelled = new CompletableFuture<>();
            call.cancellation().onCancel(() -> cancelled.complete(null));
            asking.complete(null);
            cancelled.join();
            throw new dev.signalbox.spi.BackendException(FailureKind.UNREACHABLE, "the socket was closed");
        });
        Later<RoutedResponse> asked = later(stream("coding"));
        asking.join();
        time.advance(Limits.DEFAULT.firstContent().plus(A_LITTLE));
        asked.get().close();
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().message())
                .contains("first-content");
    }

    @Test
    void comments_do_not_put_off_the_first_content() throws Exception {
        CompletableFuture<Void> later = new CompletableFuture<>();
        Tape pinging = Tape.sse(Chat.PING).await(later).then(Chat.PING).stalls();
        backends.on("gpu", call -> pinging);
        Later<RoutedResponse> asked = later(stream("coding"));
        pinging.paused().join();
        time.advance(Limits.DEFAULT.firstContent().minus(A_LITTLE));
        later.complete(null);
        time.advance(A_LITTLE.multipliedBy(2));
        asked.get().close();
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void an_answer_that_is_not_streamed_may_take_longer_than_that() throws Exception {
        CompletableFuture<Void> generated = new CompletableFuture<>();
        Tape slow = Tape.json().await(generated).then(Chat.whole("Hello"));
        backends.on("gpu", call -> slow);
        Later<RoutedResponse> asked = later(chat("coding"));
        slow.paused().join();
        time.advance(Limits.DEFAULT.firstContent().plus(Limits.DEFAULT.idle()).plus(A_LITTLE));
        time.advance(A_LITTLE);
        generated.complete(null);
        try (RoutedResponse response = asked.get()) {
            assertThat(response.text()).isEqualTo("Hello");
        }
    }

    @Test
    void no_request_takes_longer_than_its_total() throws Exception {
        Tape silent = Tape.json().stalls();
        backends.on("gpu", call -> silent);
        Later<RoutedResponse> asked = later(chat("coding"));
        silent.paused().join();
        time.advance(Limits.DEFAULT.total().plus(A_LITTLE));
        Throwable failed = asked.thrown();
        assertThat(failed).isInstanceOf(Exhausted.class);
        assertThat(((Exhausted) failed).problem().status()).isEqualTo(504);
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void a_total_longer_than_the_usual_hour_holds() throws Exception {
        layout.profile("coding", Layout.limits(Layout.total(Duration.ofHours(3))), "gpu/m");
        CompletableFuture<Void> generated = new CompletableFuture<>();
        Tape slow = Tape.json().await(generated).then(Chat.whole("Hello"));
        backends.on("gpu", call -> slow);
        Later<RoutedResponse> asked = later(chat("coding"));
        slow.paused().join();
        time.advance(Duration.ofHours(2));
        time.advance(A_LITTLE);
        generated.complete(null);
        asked.get().close();
        assertThat(backends.sent("gpu").getFirst().call().deadline().remaining())
                .isEqualTo(Duration.ofHours(1).minus(A_LITTLE));
    }

    @Test
    void a_total_that_has_begun_with_the_request_ends_a_stream_in_the_middle() throws Exception {
        Tape endless = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> endless);
        try (RoutedResponse response = ask(stream("coding"))) {
            Later<String> reading = Later.run(() -> read(response));
            endless.paused().join();
            time.advance(Limits.DEFAULT.total().plus(A_LITTLE));
            assertThat(reading.get()).startsWith(Chat.text("Hello")).contains("limit total");
        }
    }

    @Test
    void an_answer_that_nobody_reads_or_closes_gives_its_place_back_after_its_total() throws Exception {
        layout.gate("one", 1, 10, "gpu");
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello")).stalls());
        RoutedResponse forgotten = ask(stream("coding"));
        backends.on("gpu", Chat.says("again"));
        advance(Limits.DEFAULT.total().plus(A_LITTLE));
        Later<RoutedResponse> next = later(chat("gpu/m"));
        for (int i = 0; i < 50 && !next.overWithin(Duration.ofMillis(100)); i++) {
            advance(A_LITTLE);
        }
        try (RoutedResponse response = next.get()) {
            assertThat(response.text()).isEqualTo("again");
        }
        assertThat(forgotten.trace().outcome()).contains(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void a_stream_that_falls_silent_breaks_off() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> stalling);
        try (RoutedResponse response = ask(stream("coding"))) {
            Later<String> reading = Later.run(() -> read(response));
            stalling.paused().join();
            time.advance(Limits.DEFAULT.idle().plus(A_LITTLE));
            assertThat(reading.get()).startsWith(Chat.text("Hello")).contains("limit idle of 5m");
        }
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void a_comment_is_a_sign_of_life() throws Exception {
        CompletableFuture<Void> ping = new CompletableFuture<>();
        CompletableFuture<Void> rest = new CompletableFuture<>();
        Tape tape = Tape.sse(Chat.text("Hello"))
                .await(ping)
                .then(Chat.PING)
                .await(rest)
                .then(Chat.FINISH + Chat.DONE);
        backends.on("gpu", call -> tape);
        try (RoutedResponse response = ask(stream("coding"))) {
            byte[] hello = new byte[1000];
            int count = response.body().read(hello);
            Later<Integer> reading = Later.run(() -> response.body().read(new byte[100]));
            tape.paused().join();
            time.advance(Limits.DEFAULT.idle().minus(A_LITTLE));
            ping.complete(null);
            assertThat(reading.get()).isEqualTo(Chat.PING.length());
            Later<String> more = Later.run(() -> read(response));
            time.advance(A_LITTLE.multipliedBy(2));
            rest.complete(null);
            assertThat(more.get()).isEqualTo(Chat.FINISH + Chat.DONE);
            assertThat(count).isPositive();
        }
    }

    @Test
    void a_client_that_takes_its_time_is_not_the_silence_of_the_server() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello"), Chat.FINISH + Chat.DONE));
        try (RoutedResponse response = ask(stream("coding"))) {
            time.advance(Limits.DEFAULT.idle().multipliedBy(3));
            time.advance(A_LITTLE);
            assertThat(read(response)).endsWith(Chat.DONE);
        }
    }

    @Test
    void a_request_that_gets_no_place_in_time_is_told_to_come_back() throws Exception {
        layout.gate("one", 1, 10, "gpu")
                .profile("coding", Layout.limits(Layout.waiting(Duration.ofSeconds(30))), "gpu/m");
        Tape busy = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> busy);
        try (RoutedResponse first = ask(stream("coding"))) {
            Later<RoutedResponse> second = later(stream("coding"));
            heard.await(RouterEvent.Waiting.class);
            advance(Duration.ofSeconds(31));
            Throwable failed = second.thrown();
            assertThat(failed).isInstanceOf(Exhausted.class);
            assertThat(((Exhausted) failed).problem().status()).isEqualTo(503);
            assertThat(((Exhausted) failed).problem().code()).isEqualTo("full");
            assertThat(((Exhausted) failed).problem().retryAfter()).isPresent();
            assertThat(first.target()).hasToString("gpu/m");
        }
    }

    @Test
    void one_attempt_without_a_limit_does_not_lift_the_limits_of_others() throws Exception {
        Limits endless = new Limits(
                Duration.ofDays(1_000_000_000),
                Limits.DEFAULT.waiting(),
                Duration.ofDays(1_000_000_000),
                Duration.ofDays(1_000_000_000),
                Limits.DEFAULT.maxOvertaken());
        layout.profile("endless", Layout.limits(endless), "gpu/m");
        Tape silent = Tape.sse(Chat.ROLE).stalls();
        Tape other = Tape.sse(Chat.ROLE).stalls();
        CompletableFuture<Tape> next = CompletableFuture.completedFuture(silent);
        backends.on("gpu", call -> backends.sent("gpu").size() == 1 ? next.join() : other);
        Later<RoutedResponse> patient = later(stream("endless"));
        silent.paused().join();
        Later<RoutedResponse> asked = later(stream("coding"));
        other.paused().join();
        time.advance(Limits.DEFAULT.firstContent().plus(A_LITTLE));
        asked.get().close();
        assertThat(patient.over()).isFalse();
    }
}
