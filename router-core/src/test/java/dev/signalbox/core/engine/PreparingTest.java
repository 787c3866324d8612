package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Preparation;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Work between being let in and being sent. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PreparingTest extends EngineFixture {

    private final List<String> diary = new CopyOnWriteArrayList<>();
    private FakeGuard guard;

    @BeforeEach
    void a_chain_of_two_on_one_host() {
        layout.backend("gpu", Layout.host("box"), "m")
                .backend("laptop", Layout.host("box"), "m")
                .profile("coding", "gpu/m", "laptop/m");
        backends.on("gpu", call -> {
                    diary.add("sent to gpu");
                    return Chat.says("gpu").answer(call);
                })
                .on("laptop", Chat.says("laptop"));
        guard = guard("memory");
    }

    private void prepares(Preparation preparation) {
        guard.admits = attempt -> Admission.granted(guard.new Ticket(), preparation);
    }

    @Test
    void it_runs_once_before_the_request_is_sent() throws Exception {
        prepares(deadline -> diary.add("prepared"));
        bytes(chat("coding"));
        assertThat(diary).containsExactly("prepared", "sent to gpu");
    }

    @Test
    void one_prepares_on_a_host_at_a_time() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        prepares(deadline -> {
            diary.add("begins");
            begun.complete(null);
            done.join();
            diary.add("ends");
        });
        Later<RoutedResponse> first = later(chat("gpu/m"));
        begun.join();
        Later<RoutedResponse> second = later(chat("laptop/m"));
        heard.await(RouterEvent.Waiting.class);
        assertThat(diary).containsExactly("begins");
        assertThat(guard.undone).as("the second holds nothing while it waits").hasValue(1);
        done.complete(null);
        first.get().close();
        second.get().close();
        assertThat(diary.stream().filter(word -> word.endsWith("s")))
                .containsExactly("begins", "ends", "begins", "ends");
    }

    @Test
    void the_host_is_free_as_soon_as_it_has_run() throws Exception {
        prepares(deadline -> {});
        try (RoutedResponse streaming = ask(stream("gpu/m"));
                RoutedResponse other = ask(stream("laptop/m"))) {
            assertThat(streaming.target()).hasToString("gpu/m");
            assertThat(other.target()).hasToString("laptop/m");
        }
    }

    @Test
    void what_it_takes_does_not_make_the_target_slow() throws Exception {
        prepares(deadline -> time.advance(Duration.ofSeconds(90)));
        backends.on("gpu", call -> {
            time.advance(Duration.ofSeconds(2));
            return Chat.says("gpu").answer(call);
        });
        bytes(stream("gpu/m"));
        assertThat(guard.reports)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.timeToFirstContent()).contains(Duration.ofSeconds(2)));
        assertThat(heard.only(RouterEvent.Committed.class).timeToFirstContent()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void what_fails_in_it_is_a_failure_of_the_attempt() throws Exception {
        prepares(deadline -> {
            if (diary.isEmpty()) {
                diary.add("failed");
                throw new BackendException(FailureKind.OUT_OF_MEMORY, "does not fit");
            }
        });
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("gpu/m=out-of-memory, laptop/m=answered");
        }
        assertThat(guard.ended).hasValue(2);
    }

    @Test
    void it_ends_when_the_client_leaves() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        prepares(deadline -> {
            begun.complete(null);
            Thread.sleep(Long.MAX_VALUE);
        });
        Cancellation client = Cancellation.create();
        Later<RoutedResponse> asked = later(chat("coding").withCancellation(client));
        begun.join();
        client.cancel();
        while (!asked.overWithin(java.time.Duration.ofMillis(20))) {
            time.advance(Stoppable.PATIENCE);
        }
        assertThat(asked.thrown()).isInstanceOf(Cancelled.class);
        assertThat(diary).isEmpty();
        prepares(deadline -> {});
        bytes(chat("coding"));
    }

    @Test
    void models_are_loaded_and_unloaded_nowhere_else() throws Exception {
        prepares(deadline -> diary.add("" + guard.context().hosts().getFirst().lifecycle("gpu")));
        bytes(chat("coding"));
        assertThat(diary).startsWith("Optional.empty");
        assertThatThrownBy(() -> guard.context().hosts().getFirst().lifecycle("gpu"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_plugin_can_prepare_without_a_request() throws Exception {
        engine();
        guard.context().prepare("box", deadline -> diary.add("by itself"), Deadline.never());
        assertThat(diary).containsExactly("by itself");
    }

    @Test
    void one_that_goes_past_its_deadline_does_not_keep_the_host() throws Exception {
        engine();
        CountDownLatch begun = new CountDownLatch(1);
        Preparation endless = deadline -> {
            begun.countDown();
            new CountDownLatch(1).await();
        };
        Deadline soon = Deadline.after(Duration.ofSeconds(5), time::nanos);
        Later<Boolean> stuck = Later.run(() -> {
            guard.context().prepare("box", endless, soon);
            return true;
        });
        begun.await();
        time.advance(Duration.ofSeconds(6));
        assertThat(stuck.thrown())
                .isInstanceOfSatisfying(
                        BackendException.class, late -> assertThat(late.kind()).isEqualTo(FailureKind.TIMED_OUT));
        guard.context().prepare("box", deadline -> diary.add("the next"), Deadline.never());
        assertThat(diary).containsExactly("the next");
    }
}
