package dev.signalbox.backend.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.spi.BackendReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream as llama-server sends it, and what is made of it. */
final class Streams {

    static final String AROUND =
            "\"created\":1795220576,\"id\":\"chatcmpl-1\",\"model\":\"qwen\",\"system_fingerprint\":\"b1-de3ff81\"";
    static final String USAGE = "{\"completion_tokens\":5,\"prompt_tokens\":92,\"total_tokens\":97,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0}}";
    private static final String TIMINGS =
            "{\"cache_n\":0,\"prompt_n\":92,\"prompt_ms\":48.56,\"prompt_per_second\":1894.5634266886325,"
                    + "\"predicted_n\":5,\"predicted_ms\":1e-05}";

    /** Everything that llama-server sends, comments and odd line ends included. */
    static final String STREAM = ":\n\n"
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

    /** What the server would have said had it not been asked for a stream. */
    static final String WHOLE = "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"Grüß Gott\",\"reasoning_content\":\"I should look 🚂.\","
            + "\"tool_calls\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"arguments\":\"{\\\"city\\\": \\\"Paris\\\"}\"},\"id\":\"k3\"},"
            + "{\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"},\"id\":\"k4\"}]}}],"
            + "\"created\":1795220576,\"model\":\"qwen\",\"system_fingerprint\":\"b1-de3ff81\","
            + "\"object\":\"chat.completion\",\"usage\":" + USAGE + ",\"id\":\"chatcmpl-1\",\"timings\":"
            + TIMINGS.replace("1e-05", "0.00001") + "}";

    private Streams() {}

    static String chunk(String delta) {
        return "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":%s}],%s,\"object\":\"chat.completion.chunk\"}\n\n"
                .formatted(delta, AROUND);
    }

    static String joined(String stream) throws IOException {
        return read(chat(new ByteArrayInputStream(stream.getBytes(UTF_8))));
    }

    static BackendReply chat(InputStream in) {
        return joined(Dialect.OPENAI_CHAT, in);
    }

    static BackendReply joined(Dialect dialect, InputStream in) {
        return new JoinedReply(stream(in), Joining.of(dialect).orElseThrow(), ErrorRules.shared()::read);
    }

    static String joined(Dialect dialect, String stream) throws IOException {
        return read(joined(dialect, new ByteArrayInputStream(stream.getBytes(UTF_8))));
    }

    /** One event whose name is its type. */
    static String event(String type, String members) {
        return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, members);
    }

    static BackendReply stream(InputStream in) {
        return BackendReply.of(200, Headers.of("Content-Type", "text/event-stream"), in);
    }

    static String read(BackendReply reply) throws IOException {
        return new String(reply.body().readAllBytes(), UTF_8);
    }

    /** Bytes that come in pieces: first so many, then always so many. */
    static final class Pieces extends InputStream {

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
