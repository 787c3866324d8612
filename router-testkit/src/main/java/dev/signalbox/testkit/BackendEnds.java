package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendReply;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** How a backend ends what it began. */
abstract class BackendEnds extends BackendFails {

    @Test
    void ends_the_generation_when_the_reply_is_closed() throws Exception {
        server.repliesThenStalls(200, "data: 1\n\n");

        backend.exchange(streamed()).close();

        assertThat(server.clientLeft()).succeedsWithin(AT_ONCE);
    }

    @Test
    void closing_the_reply_frees_whoever_reads_it() throws Exception {
        server.repliesThenStalls(200, "data: 1\n\n");
        BackendReply reply = backend.exchange(streamed());
        Later<byte[]> reading = readOn(reply);

        reply.close();

        assertThat(reading.result())
                .failsWithin(AT_ONCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IOException.class);
        assertThat(server.clientLeft()).succeedsWithin(AT_ONCE);
    }

    @Test
    void cancelling_the_call_frees_whoever_reads_its_reply() throws Exception {
        server.repliesThenStalls(200, "data: 1\n\n");
        BackendCall call = streamed();
        try (BackendReply reply = backend.exchange(call)) {
            Later<byte[]> reading = readOn(reply);

            call.cancellation().cancel();

            assertThat(reading.result())
                    .failsWithin(AT_ONCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IOException.class);
            assertThat(server.clientLeft()).succeedsWithin(AT_ONCE);
        }
    }

    @Test
    void cancelling_the_call_ends_the_wait_for_the_head() throws Exception {
        server.replies(Reply.stall());
        BackendCall call = call();
        Later<BackendReply> exchange = Later.run(() -> backend.exchange(call));
        server.request(0);

        call.cancellation().cancel();

        assertThat(exchange.result()).failsWithin(AT_ONCE);
        assertThat(server.clientLeft()).succeedsWithin(AT_ONCE);
    }

    @Test
    void a_call_that_was_cancelled_before_it_was_made_has_no_answer() {
        server.otherwise(request -> Reply.stall());
        BackendCall call = call();
        call.cancellation().cancel();

        Later<BackendReply> exchange = Later.run(() -> backend.exchange(call));

        assertThat(exchange.result()).failsWithin(AT_ONCE);
    }

    @Test
    void an_interrupt_ends_the_wait_and_the_generation() throws Exception {
        server.replies(Reply.stall());
        Later<BackendReply> exchange = Later.run(() -> backend.exchange(call()));
        server.request(0);

        exchange.interrupt();

        assertThat(exchange.result())
                .failsWithin(AT_ONCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(server.clientLeft()).succeedsWithin(AT_ONCE);
    }

    @Test
    void ending_one_call_harms_no_other() throws Exception {
        Gate gate = Gate.closed();
        server.replies(Reply.stall()).replies(Reply.json(200, "{}").headWaitsFor(gate));
        BackendCall cancelled = call();
        Later<BackendReply> first = Later.run(() -> backend.exchange(cancelled));
        server.request(0);
        Later<byte[]> second = Later.run(() -> read(call()));
        server.request(1);

        cancelled.cancellation().cancel();
        assertThat(first.result()).failsWithin(AT_ONCE);
        gate.open();

        assertThat(second.result()).succeedsWithin(PATIENCE).isEqualTo("{}".getBytes(UTF_8));
    }

    @Test
    void leaves_no_thread_behind() throws Exception {
        read(warmUp());
        ThreadWatch watch = ThreadWatch.begin();
        try (ScriptedServer other = ScriptedServer.start();
                Backend closed = backendFor(other.uri())) {
            other.replies(200, "{}").repliesThenStalls(200, "data: 1\n\n").replies(Reply.stall());
            try (BackendReply reply = closed.exchange(call())) {
                reply.body().readAllBytes();
            }
            closed.exchange(streamed()).close();
            failure(closed, soon(call()));
        }

        watch.assertNoneLeft();
    }

    /** The first call may start what the JVM keeps. */
    private BackendCall warmUp() {
        server.replies(200, "{}");
        return call();
    }

    /** Reads the first event, and then goes on reading on a thread of its own. */
    private static Later<byte[]> readOn(BackendReply reply) throws IOException {
        reply.body().readNBytes(9);
        return Later.run(() -> reply.body().readAllBytes());
    }
}
