package dev.signalbox.backend.llamacpp;

import static dev.signalbox.backend.llamacpp.Streams.STREAM;
import static dev.signalbox.backend.llamacpp.Streams.WHOLE;
import static dev.signalbox.backend.llamacpp.Streams.chat;
import static dev.signalbox.backend.llamacpp.Streams.chunk;
import static dev.signalbox.backend.llamacpp.Streams.joined;
import static dev.signalbox.backend.llamacpp.Streams.read;
import static dev.signalbox.backend.llamacpp.Streams.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.llamacpp.Streams.Pieces;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendReply.BackendFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream that was asked for in place of a whole answer ends, and what if it does not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JoinedReplyEndTest {

    @Test
    void nobody_waits_for_anything_behind_the_end_mark() throws Exception {
        byte[] bytes = STREAM.getBytes(UTF_8);
        InputStream thenBroken = new InputStream() {
            private final InputStream first = new Pieces(bytes, 100, 100);

            @Override
            public int read() throws IOException {
                throw new IOException("nobody reads bytes one by one");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = first.read(into, offset, length);
                if (count < 0) {
                    throw new IOException("read on behind the end mark");
                }
                return count;
            }
        };

        assertThat(read(chat(thenBroken))).isEqualTo(WHOLE);
    }

    @Test
    void an_end_mark_is_not_needed_where_it_has_finished() throws Exception {
        assertThat(joined(STREAM.replace("data: [DONE]\n\n", ""))).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":\n\n",
                "data: [DONE]\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: [DONE]\n\n",
                "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"delta\":{}},{\"index\":1,\"delta\":{}}]}\n\n",
                "data: {\"choices\":\n\n",
                "data: nonsense\n\n",
                "data: 7\n\n"
            })
    void a_stream_that_does_not_finish_is_no_answer(String stream) {
        assertThat(failure(stream).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"code\":500,\"message\":\"got exception: odd\",\"type\":\"server_error\"}} | SERVER_ERROR",
                "{\"error\":{\"code\":500,\"message\":\"Context size has been exceeded.\",\"type\":\"server_error\"}} | CONTEXT_OVERFLOW",
                "{\"error\":\"Loading model\"} | LOADING"
            })
    void an_error_in_the_stream_is_the_failure_it_is(String error, FailureKind kind) {
        BackendException failed = failure(chunk("{\"content\":\"Hel\"}") + "data: " + error + "\n\n");

        assertThat(failed.kind()).isEqualTo(kind);
        assertThat(failed.getMessage()).doesNotContain("{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "\n\ndata: [DONE]\n\n"})
    void bare_text_at_the_end_of_a_clean_body_is_the_failure_it_is(String rest) {
        BackendException failed =
                failure(chunk("{\"content\":\"Hel\"}") + "proxy error: Failed to read connection" + rest);

        assertThat(failed.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failed).hasMessage("proxy error: Failed to read connection");
    }

    @Test
    void a_stream_that_breaks_says_so_whenever_it_is_read() {
        BackendFailure broken = new BackendFailure(new BackendException(FailureKind.TIMED_OUT, "too late"));
        BackendReply reply = chat(new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }
        });

        assertThat(catchThrowableOfType(IOException.class, () -> reply.body().read()))
                .isSameAs(broken);
        assertThat(catchThrowableOfType(IOException.class, () -> reply.body().read()))
                .isSameAs(broken);
    }

    @Test
    void a_failure_is_the_same_when_it_is_read_again() {
        BackendReply reply = chat(new ByteArrayInputStream(new byte[0]));

        BackendFailure first =
                catchThrowableOfType(BackendFailure.class, () -> reply.body().read());
        BackendFailure second =
                catchThrowableOfType(BackendFailure.class, () -> reply.body().read());

        assertThat(second.failure()).isSameAs(first.failure());
    }

    @Test
    void closing_it_closes_the_stream() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        chat(in).body().close();

        assertThat(closed).isTrue();
    }

    @Test
    void a_stream_without_end_is_ended() {
        byte[] comment = (": " + "x".repeat(1_000_000) + "\n\n").getBytes(UTF_8);
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                at = at == comment.length ? 0 : at;
                return comment[at++];
            }
        };

        BackendFailure failure = catchThrowableOfType(
                BackendFailure.class, () -> chat(endless).body().read());

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.BROKEN_REPLY);
        assertThat(failure).hasMessageContaining("bytes of stream");
    }

    private static BackendException failure(String stream) {
        BackendFailure failure = catchThrowableOfType(BackendFailure.class, () -> joined(stream));
        assertThat(failure).as("what reading throws").isNotNull();
        return failure.failure();
    }
}
