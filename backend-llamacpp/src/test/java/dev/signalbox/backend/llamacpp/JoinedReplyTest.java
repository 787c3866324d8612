package dev.signalbox.backend.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendReply.BackendFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that was asked for in place of a whole answer becomes the answer that was wanted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JoinedReplyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AROUND =
            "\"created\":1795220576,\"id\":\"chatcmpl-1\",\"model\":\"qwen\",\"system_fingerprint\":\"b1-de3ff81\"";
    private static final String USAGE = "{\"completion_tokens\":5,\"prompt_tokens\":92,\"total_tokens\":97,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0}}";
    private static final String TIMINGS =
            "{\"cache_n\":0,\"prompt_n\":92,\"prompt_ms\":48.56,\"prompt_per_second\":1894.5634266886325,"
                    + "\"predicted_n\":5,\"predicted_ms\":1e-05}";

    /** Everything that llama-server sends, comments and odd line ends included. */
    private static final String STREAM = ":\n\n"
            + chunk("{\"role\":\"assistant\",\"content\":null}")
            + chunk("{\"reasoning_content\":\"I should \"}")
            + ":\n\n"
            + chunk("{\"reasoning_content\":\"look 🚂.\"}").replace("\n", "\r\n")
            + chunk("{\"content\":\"Grüß\"}")
            + chunk("{\"content\":\" Gott\"}")
            + chunk("{\"tool_calls\":[{\"index\":0,\"id\":\"k3\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"get_weather\"}}]}")
            + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}]}")
            + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\" \\\"Paris\\\"}\"}}]}")
            + chunk("{\"tool_calls\":[{\"index\":1,\"id\":\"k4\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]}")
            + "data: {\"choices\":[{\"finish_reason\":\"tool_calls\",\"index\":0,\"delta\":{}}]," + AROUND + "}\n\n"
            + "data: {\"choices\":[]," + AROUND + ",\"usage\":" + USAGE + ",\"timings\":" + TIMINGS + "}\n\n"
            + "data: [DONE]\n\n";

    private static final String WHOLE = "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"Grüß Gott\",\"reasoning_content\":\"I should look 🚂.\","
            + "\"tool_calls\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"arguments\":\"{\\\"city\\\": \\\"Paris\\\"}\"},\"id\":\"k3\"},"
            + "{\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"},\"id\":\"k4\"}]}}],"
            + "\"created\":1795220576,\"model\":\"qwen\",\"system_fingerprint\":\"b1-de3ff81\","
            + "\"object\":\"chat.completion\",\"usage\":" + USAGE + ",\"id\":\"chatcmpl-1\",\"timings\":"
            + TIMINGS.replace("1e-05", "0.00001") + "}";

    @Test
    void is_what_the_server_would_have_said_to_the_byte() throws Exception {
        assertThat(joined(STREAM)).isEqualTo(WHOLE);
    }

    @Test
    void is_the_same_wherever_the_stream_is_cut() throws Exception {
        byte[] bytes = STREAM.getBytes(UTF_8);
        for (int at = 1; at < bytes.length; at++) {
            assertThat(read(chat(new Pieces(bytes, at, bytes.length))))
                    .as("cut at %d", at)
                    .isEqualTo(WHOLE);
        }
        assertThat(read(chat(new Pieces(bytes, 1, 1)))).as("byte by byte").isEqualTo(WHOLE);
    }

    @Test
    void any_number_of_lines_may_mean_nothing() throws Exception {
        assertThat(joined("id: 1\n".repeat(60_000) + "\n" + STREAM)).isEqualTo(WHOLE);
    }

    @Test
    void says_that_it_is_a_document_and_keeps_the_other_headers() {
        Headers headers = Headers.of("Content-Type", "text/event-stream", "x-ratelimit-limit", "7");
        BackendReply reply = new JoinedReply(
                BackendReply.of(200, headers, InputStream.nullInputStream()), true, ErrorRules.shared()::read);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().all("content-type")).containsExactly("application/json; charset=utf-8");
        assertThat(reply.headers().first("x-ratelimit-limit")).contains("7");
    }

    @Test
    void an_answer_without_text_has_an_empty_one() throws Exception {
        JsonNode whole = tree(chunk("{\"role\":\"assistant\",\"content\":null}") + end("stop"));

        assertThat(whole.at("/choices/0/message").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(whole.at("/choices/0").has("logprobs")).isFalse();
    }

    @Test
    void probabilities_of_all_tokens_are_kept_as_they_were_written() throws Exception {
        String first = "{\"id\":348,\"token\":\"Hello\",\"bytes\":[72],\"logprob\":0.0,\"top_logprobs\":[]}";
        String second = "{\"id\":349,\"token\":\" !\",\"bytes\":[32,33],\"logprob\":-0.019935840740799904}";
        String pieces =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":{\"content\":[%s]}}]}\n\n";

        JsonNode whole = tree(pieces.formatted("Hello", first) + pieces.formatted(" !", second) + end("length"));

        assertThat(whole.at("/choices/0/logprobs/content").toString()).isEqualTo("[" + first + "," + second + "]");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void several_choices_stand_in_order_and_the_first_one_is_counted() throws Exception {
        String piece = "data: {\"choices\":[{\"index\":%d,\"delta\":{\"content\":\"%s\"}}]}\n\n";
        String finish = "data: {\"choices\":[{\"index\":%d,\"finish_reason\":\"stop\",\"delta\":{}}]}\n\n";
        String usage = "data: {\"choices\":[],\"usage\":{\"completion_tokens\":%d}}\n\n";

        JsonNode whole =
                tree(piece.formatted(1, "b") + piece.formatted(0, "a") + piece.formatted(1, "B") + finish.formatted(1)
                        + usage.formatted(2) + finish.formatted(0) + usage.formatted(1) + "data: [DONE]\n\n");

        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("a");
        assertThat(whole.at("/choices/1/message/content").asText()).isEqualTo("bB");
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(1);
    }

    @Test
    void tokens_that_are_not_told_are_those_of_the_timings() throws Exception {
        JsonNode whole = tree(chunk("{\"content\":\"Hi\"}")
                + "data: {\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"delta\":{}}],"
                + "\"timings\":{\"cache_n\":90,\"prompt_n\":2,\"predicted_n\":1}}\n\ndata: [DONE]\n\n");

        assertThat(whole.path("usage").toString())
                .isEqualTo("{\"completion_tokens\":1,\"prompt_tokens\":92,\"total_tokens\":93}");
    }

    @Test
    void a_plain_prompt_is_answered_in_its_own_shape() throws Exception {
        String piece = "data: {\"choices\":[{\"text\":\"%s\",\"index\":0,\"logprobs\":null,\"finish_reason\":%s}],"
                + AROUND + ",\"object\":\"text_completion\"%s}\n\n";
        String stream = piece.formatted(" !", "null", "")
                + piece.formatted(" I am", "null", "")
                + piece.formatted("", "\"length\"", ",\"usage\":" + USAGE)
                + "data: [DONE]\n\n";

        BackendReply reply = new JoinedReply(
                stream(new ByteArrayInputStream(stream.getBytes(UTF_8))), false, ErrorRules.shared()::read);

        assertThat(read(reply))
                .isEqualTo("{\"choices\":[{\"text\":\" ! I am\",\"index\":0,\"logprobs\":null,"
                        + "\"finish_reason\":\"length\"}],\"created\":1795220576,\"model\":\"qwen\","
                        + "\"system_fingerprint\":\"b1-de3ff81\",\"object\":\"text_completion\",\"usage\":" + USAGE
                        + ",\"id\":\"chatcmpl-1\"}");
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"event: message\n\n", "id: 7\nretry: 10\n\n", "\n", "\r\n\r\n", ": proxy error: no\n\n"})
    void what_may_stand_in_a_stream_is_no_error(String harmless) throws Exception {
        assertThat(joined(harmless + STREAM)).isEqualTo(WHOLE);
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

    @Test
    void more_choices_and_calls_than_anybody_wants_are_left_out() throws Exception {
        StringBuilder stream = new StringBuilder();
        for (int index = 0; index < 1_100; index++) {
            stream.append(chunk("{\"tool_calls\":[{\"index\":%d,\"function\":{\"name\":\"f\"}}]}".formatted(index)));
        }
        for (int index : List.of(0, 1)) {
            stream.append("data: {\"choices\":[{\"index\":%d,\"finish_reason\":\"stop\",\"delta\":{}}]}\n\n"
                    .formatted(index));
        }

        assertThat(tree(stream.toString()).at("/choices/0/message/tool_calls")).hasSize(1_000);
    }

    private static String chunk(String delta) {
        return "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":%s}],%s,\"object\":\"chat.completion.chunk\"}\n\n"
                .formatted(delta, AROUND);
    }

    private static String end(String reason) {
        return "data: {\"choices\":[{\"finish_reason\":\"%s\",\"index\":0,\"delta\":{}}]}\n\ndata: [DONE]\n\n"
                .formatted(reason);
    }

    private static JsonNode tree(String stream) throws IOException {
        return JSON.readTree(joined(stream));
    }

    private static String joined(String stream) throws IOException {
        return read(chat(new ByteArrayInputStream(stream.getBytes(UTF_8))));
    }

    private static String read(BackendReply reply) throws IOException {
        return new String(reply.body().readAllBytes(), UTF_8);
    }

    private static BackendException failure(String stream) {
        BackendFailure failure = catchThrowableOfType(BackendFailure.class, () -> joined(stream));
        assertThat(failure).as("what reading throws").isNotNull();
        return failure.failure();
    }

    private static BackendReply chat(InputStream in) {
        return new JoinedReply(stream(in), true, ErrorRules.shared()::read);
    }

    private static BackendReply stream(InputStream in) {
        return BackendReply.of(200, Headers.of("Content-Type", "text/event-stream"), in);
    }

    /** Bytes that come in pieces: first so many, then always so many. */
    private static final class Pieces extends InputStream {

        private final byte[] bytes;
        private final int then;
        private int next;
        private int at;

        Pieces(byte[] bytes, int first, int then) {
            this.bytes = bytes;
            this.next = first;
            this.then = then;
        }

        @Override
        public int read() {
            return at < bytes.length ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, next), bytes.length - at);
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            next = then;
            return count;
        }
    }
}
