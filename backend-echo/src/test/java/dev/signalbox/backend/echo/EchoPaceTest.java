package dev.signalbox.backend.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The second word would come in an hour. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class EchoPaceTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Backend slow = Echoes.with(config -> config.with(EchoBackendFactory.PACE, LONG));
    private final BackendCall call = Echoes.saying("all clear", true).withDeadline(Deadline.after(LONG));

    @Test
    void the_first_word_comes_at_once() throws Exception {
        try (BackendReply reply = slow.exchange(call)) {
            assertThat(untilFirstWord(reply)).endsWith("{\"content\":\"all \"},\"finish_reason\":null}]}\n\n");
        }
    }

    @Test
    void closing_frees_whoever_reads() throws Exception {
        BackendReply reply = slow.exchange(call);
        Reading reading = Reading.of(reply);
        reply.close();
        reply.close();

        assertThat(reading.failure()).isInstanceOf(BackendReply.BackendFailure.class);
    }

    @Test
    void cancelling_frees_whoever_reads() throws Exception {
        try (BackendReply reply = slow.exchange(call)) {
            Reading reading = Reading.of(reply);
            call.cancellation().cancel();

            assertThat(reading.failure()).isInstanceOf(BackendReply.BackendFailure.class);
        }
    }

    @Test
    void an_interrupt_frees_whoever_reads_and_is_not_swallowed() throws Exception {
        try (BackendReply reply = slow.exchange(call)) {
            Reading reading = Reading.of(reply);
            reading.thread().interrupt();

            assertThat(reading.failure()).isInstanceOf(InterruptedIOException.class);
            assertThat(reading.interrupted()).isCompletedWithValue(true);
        }
    }

    @Test
    void the_deadline_ends_reading() throws Exception {
        BackendCall soon = call.withDeadline(Deadline.after(Duration.ofMillis(50)));
        try (BackendReply reply = slow.exchange(soon)) {
            assertThatThrownBy(() -> reply.body().readAllBytes())
                    .isInstanceOfSatisfying(
                            BackendReply.BackendFailure.class,
                            broken -> assertThat(broken.failure().kind()).isEqualTo(FailureKind.TIMED_OUT));
        }
    }

    @Test
    void an_answer_that_is_not_streamed_takes_as_long() throws Exception {
        BackendCall whole = Echoes.saying("all clear", false).withDeadline(Deadline.after(Duration.ofMillis(50)));
        try (BackendReply reply = slow.exchange(whole)) {
            assertThatThrownBy(() -> reply.body().read()).isInstanceOf(BackendReply.BackendFailure.class);
        }
        BackendCall oneWord = Echoes.saying("clear", false).withDeadline(Deadline.after(LONG));
        assertThat(Echoes.answer(slow, oneWord)).contains("\"content\":\"clear\"");
    }

    @Test
    void what_was_cancelled_before_has_no_answer() {
        call.cancellation().cancel();
        assertThatThrownBy(() -> slow.exchange(call)).isInstanceOf(BackendException.class);
    }

    @Test
    void what_is_late_before_it_begins_has_no_answer() {
        BackendCall late = call.withDeadline(Deadline.after(Duration.ZERO));
        assertThatThrownBy(() -> slow.exchange(late))
                .isInstanceOfSatisfying(
                        BackendException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT));
    }

    private static String untilFirstWord(BackendReply reply) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[4_096];
        while (!text.toString().contains("\"all \"")) {
            text.append(new String(buffer, 0, reply.body().read(buffer), UTF_8));
        }
        return text.toString();
    }

    /** Somebody who has read the first word and now waits for the second. */
    private record Reading(Thread thread, CompletableFuture<Integer> next, CompletableFuture<Boolean> interrupted) {

        static Reading of(BackendReply reply) throws InterruptedException {
            CompletableFuture<Integer> next = new CompletableFuture<>();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            CountDownLatch first = new CountDownLatch(1);
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    untilFirstWord(reply);
                    first.countDown();
                    next.complete(reply.body().read());
                } catch (IOException failure) {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                    next.completeExceptionally(failure);
                }
            });
            first.await();
            return new Reading(thread, next, interrupted);
        }

        Throwable failure() throws Exception {
            try {
                throw new AssertionError("read " + next.get(30, TimeUnit.SECONDS));
            } catch (ExecutionException failed) {
                return failed.getCause();
            }
        }
    }
}
