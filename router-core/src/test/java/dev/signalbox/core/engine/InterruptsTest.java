package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.RouterEvent;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the host's own interrupts do: they are never swallowed, and never taken for a failure of the server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InterruptsTest extends EngineFixture {

    private final CompletableFuture<Void> asking = new CompletableFuture<>();
    private FakeGuard guard;

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("laptop", Chat.says("never"));
        guard = guard("counting");
    }

    private void everythingIsGivenBack() {
        assertThat(backends.sent("laptop")).isEmpty();
        assertThat(guard.ended.get() + guard.undone.get()).isEqualTo(guard.granted.get());
        assertThat(heard.events(RouterEvent.Finished.class)).hasSize(1);
        assertThat(heard.events(RouterEvent.AttemptFailed.class)).isEmpty();
        assertThat(engine().traffic().total()).isZero();
    }

    @Test
    void an_interrupt_while_the_server_is_asked_is_passed_on() throws Exception {
        backends.on("gpu", call -> {
            asking.complete(null);
            Thread.sleep(Long.MAX_VALUE);
            throw new AssertionError();
        });
        Later<RoutedResponse> asked = later(chat("coding"));
        asking.join();
        asked.interrupt();
        assertThat(asked.thrown()).isInstanceOf(InterruptedException.class);
        everythingIsGivenBack();
    }

    @Test
    void an_interrupt_that_a_plugin_makes_a_failure_of_is_passed_on_too() throws Exception {
        backends.on("gpu", call -> {
            asking.complete(null);
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BackendException(FailureKind.UNREACHABLE, "closed by interrupt");
            }
            throw new AssertionError();
        });
        Later<RoutedResponse> asked = later(chat("coding"));
        asking.join();
        asked.interrupt();
        assertThat(asked.thrown()).isInstanceOf(InterruptedException.class);
        everythingIsGivenBack();
    }

    @Test
    void an_interrupt_while_memory_for_reading_is_awaited_is_passed_on() throws Exception {
        guard.screens = screening -> {
            Thread.currentThread().interrupt();
            throw new AssertionError(screening.request().wholeText());
        };
        Later<RoutedResponse> asked = later(RouteRequest.chat("coding", "x".repeat(2_000_000)));
        assertThat(asked.thrown()).isInstanceOf(InterruptedException.class);
        everythingIsGivenBack();
    }

    @Test
    void an_interrupt_in_the_waiting_room_is_passed_on() throws Exception {
        layout.gate("one", 1, 10, "gpu", "laptop").profile("coding", "gpu/m");
        Tape busy = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> busy);
        try (RoutedResponse first = ask(stream("coding"))) {
            Later<RoutedResponse> second = later(stream("coding"));
            heard.await(RouterEvent.Waiting.class);
            second.interrupt();
            assertThat(second.thrown()).isInstanceOf(InterruptedException.class);
            assertThat(engine().room().waiting()).isEmpty();
            assertThat(first.streamed()).isTrue();
        }
    }

    @Test
    void an_interrupt_in_mid_stream_ends_the_reading_and_leaves_its_mark() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).deaf().stalls();
        backends.on("gpu", call -> stalling);
        RoutedResponse response = ask(stream("coding"));
        Later<String> reading = Later.run(() -> read(response));
        stalling.paused().join();
        reading.interrupt();
        assertThat(reading.thrown()).isInstanceOf(InterruptedIOException.class);
        assertThat(reading.leftInterrupted()).isTrue();
        assertThat(stalling.closed()).isCompleted();
        everythingIsGivenBack();
    }

    @Test
    void a_mark_that_was_there_before_is_there_afterwards() throws Exception {
        backends.on("gpu", Chat.says("Hello"));
        Later<Boolean> asked = Later.run(() -> {
            Thread.currentThread().interrupt();
            ask(chat("coding")).close();
            return Thread.currentThread().isInterrupted();
        });
        assertThat(asked.get()).isTrue();
    }
}
