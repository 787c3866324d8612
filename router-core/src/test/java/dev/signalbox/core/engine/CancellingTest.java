package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.RouterEvent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A client that leaves ends what was begun for it, and nobody is to blame. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CancellingTest extends EngineFixture {

    private final Cancellation client = Cancellation.create();
    private final CompletableFuture<Void> asking = new CompletableFuture<>();
    private FakeGuard guard;

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("laptop", Chat.says("never"));
        guard = guard("counting");
    }

    @Override
    Time engineTime() {
        return new SystemTime();
    }

    /** A call that ends when its cancellation fires, as one over a socket does. */
    private void asksUntilCancelled() {
        backends.on("gpu", call -> {
            CompletableFuture<Void> cancelled = new CompletableFuture<>();
            call.cancellation().onCancel(() -> cancelled.complete(null));
            asking.complete(null);
            cancelled.join();
            throw new BackendException(FailureKind.UNREACHABLE, "the socket was closed");
        });
    }

    /** A call that hears of nothing but interrupts. */
    private void asksDeafly() {
        backends.on("gpu", call -> {
            asking.complete(null);
            Thread.sleep(Long.MAX_VALUE);
            throw new AssertionError();
        });
    }

    private void nobodyIsToBlame(RouteTrace.Outcome outcome) {
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(outcome);
        assertThat(heard.events(RouterEvent.AttemptFailed.class)).isEmpty();
        assertThat(guard.reports.getLast().outcome()).isInstanceOf(Outcome.ClientLeft.class);
        assertThat(guard.ended).hasValue(guard.granted.get());
        assertThat(backends.sent("laptop")).isEmpty();
        assertThat(engine().traffic().total()).isZero();
    }

    @Test
    void while_the_server_is_being_asked() throws Exception {
        asksUntilCancelled();
        Later<RoutedResponse> asked = later(chat("coding").withCancellation(client));
        asking.join();
        client.cancel();
        assertThat(asked.thrown()).isInstanceOf(Cancelled.class);
        assertThat(((Cancelled) asked.thrown()).trace().steps())
                .extracting(RouteTrace.Step::brief)
                .containsExactly("gpu/m=client-left");
        nobodyIsToBlame(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void while_a_plugin_is_asking_that_hears_of_nothing_but_interrupts() throws Exception {
        asksDeafly();
        Later<Boolean> asked = Later.run(() -> {
            assertThatThrownBy(() -> ask(chat("coding").withCancellation(client)))
                    .isInstanceOf(Cancelled.class);
            return Thread.currentThread().isInterrupted();
        });
        asking.join();
        client.cancel();
        assertThat(asked.get())
                .as("the caller's thread bears the mark of our interrupt")
                .isFalse();
        nobodyIsToBlame(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void before_the_first_content() throws Exception {
        Tape silent = Tape.sse(Chat.ROLE).stalls();
        backends.on("gpu", call -> silent);
        Later<RoutedResponse> asked = later(stream("coding").withCancellation(client));
        silent.paused().join();
        client.cancel();
        assertThat(silent.closed())
                .as("the upstream is closed before cancel returns")
                .isCompleted();
        assertThat(asked.thrown()).isInstanceOf(Cancelled.class);
        nobodyIsToBlame(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void in_mid_stream() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> stalling);
        try (RoutedResponse response = ask(stream("coding").withCancellation(client))) {
            Later<String> reading = Later.run(() -> read(response));
            stalling.paused().join();
            client.cancel();
            assertThat(stalling.closed()).isCompleted();
            assertThat(reading.thrown()).isInstanceOf(Cancelled.class);
        }
        nobodyIsToBlame(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void in_mid_stream_of_a_plugin_that_does_not_hear_of_closing() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).deaf().stalls();
        backends.on("gpu", call -> stalling);
        try (RoutedResponse response = ask(stream("coding").withCancellation(client))) {
            Later<Boolean> reading = Later.run(() -> {
                assertThatThrownBy(() -> read(response)).isInstanceOf(Cancelled.class);
                return Thread.currentThread().isInterrupted();
            });
            stalling.paused().join();
            client.cancel();
            assertThat(reading.get()).isFalse();
        }
        nobodyIsToBlame(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void in_mid_stream_of_a_plugin_whose_closing_waits_for_whoever_reads() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).deaf().stalls();
        backends.on("gpu", call -> new OneAtATime(stalling, new ReentrantLock()));
        try (RoutedResponse response = ask(stream("coding").withCancellation(client))) {
            Later<String> reading = Later.run(() -> read(response));
            stalling.paused().join();
            Later<Boolean> leaving = Later.run(() -> {
                client.cancel();
                return true;
            });
            assertThat(reading.thrown()).isInstanceOf(Cancelled.class);
            leaving.get();
        }
        nobodyIsToBlame(RouteTrace.Outcome.CLIENT_LEFT);
    }

    /** A reply that lets one in at a time, be it to read or to close. */
    private record OneAtATime(Tape tape, ReentrantLock lock) implements BackendReply {

        @Override
        public int status() {
            return tape.status();
        }

        @Override
        public Headers headers() {
            return tape.headers();
        }

        @Override
        public InputStream body() {
            return new FilterInputStream(tape.body()) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    lock.lock();
                    try {
                        return super.read(into, offset, length);
                    } finally {
                        lock.unlock();
                    }
                }
            };
        }

        @Override
        public void close() {
            lock.lock();
            try {
                tape.close();
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void before_it_is_even_asked() throws Exception {
        client.cancel();
        backends.on("gpu", Chat.says("never"));
        refused(Cancelled.class, chat("coding").withCancellation(client));
        assertThat(backends.sent("gpu")).isEmpty();
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void closing_the_answer_from_another_thread_frees_whoever_reads() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> stalling);
        RoutedResponse response = ask(stream("coding"));
        Later<String> reading = Later.run(() -> read(response));
        stalling.paused().join();
        response.close();
        assertThat(stalling.closed()).isCompleted();
        assertThat(reading.thrown()).isInstanceOf(Cancelled.class);
        nobodyIsToBlame(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void closing_the_answer_frees_whoever_reads_through_a_plugin_that_does_not_hear_of_it() throws Exception {
        Tape stalling = Tape.sse(Chat.text("Hello")).deaf().stalls();
        backends.on("gpu", call -> stalling);
        RoutedResponse response = ask(stream("coding"));
        Later<String> reading = Later.run(() -> read(response));
        stalling.paused().join();
        response.close();
        assertThat(reading.thrown()).isInstanceOf(Cancelled.class);
        nobodyIsToBlame(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void an_answer_that_was_closed_is_not_read_to_a_clean_end() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello"), Chat.FINISH + Chat.DONE));
        RoutedResponse response = ask(stream("coding"));
        response.close();
        assertThatThrownBy(() -> read(response)).isInstanceOf(Cancelled.class);
    }

    @Test
    void closing_a_finished_answer_is_no_leaving() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello") + Chat.FINISH).stalls());
        ask(stream("coding")).close();
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
        assertThat(guard.reports.getLast().outcome()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void closing_twice_is_closing_once() throws Exception {
        backends.on("gpu", Chat.says("Hello"));
        RoutedResponse response = ask(stream("coding"));
        response.close();
        response.close();
        assertThat(guard.ended).hasValue(1);
        heard.only(RouterEvent.Finished.class);
    }

    @Test
    void leaving_after_the_end_changes_nothing() throws Exception {
        backends.on("gpu", Chat.says("Hello"));
        bytes(chat("coding").withCancellation(client));
        client.cancel();
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
    }
}
