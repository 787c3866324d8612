package dev.signalbox.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bytes the mock upstream sends: templates made once, with marks to be filled. Any thread may ask. */
final class Answers {
    private static final String CHUNK = """
            data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"bench",\
            "choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}

            """.formatted(Marks.blank());
    private static final String LAST = """
            data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"bench",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            """;
    private static final String BODY = """
            {"id":"chatcmpl-bench","object":"chat.completion","created":1700000000,"model":"bench",\
            "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":100,"completion_tokens":100,"total_tokens":200}}\
            """;
    private static final String MODELS = """
            {"object":"list","data":[{"id":"bench","object":"model","created":1700000000,"owned_by":"bench"}]}\
            """;

    private static final byte[] CHUNK_FRAME = ascii(chunked(CHUNK));
    private static final int CHUNK_MARK = new String(CHUNK_FRAME, StandardCharsets.US_ASCII).indexOf(Marks.blank());
    private static final byte[] STREAM_END = ascii(chunked(LAST) + chunked("data: [DONE]\n\n") + "0\r\n\r\n");
    private static final byte[] STREAM_HEAD =
            ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

    private final Map<Integer, byte[]> wholes = new ConcurrentHashMap<>();

    static ByteBuffer models() {
        return ByteBuffer.wrap(ascii(whole("200 OK", MODELS)));
    }

    static ByteBuffer notFound(String requestLine) {
        String line = requestLine.replaceAll("[^ !#-\\[\\]-~]", "?");
        return ByteBuffer.wrap(ascii(
                whole("404 Not Found", "{\"error\":{\"message\":\"the mock upstream does not know: " + line + "\"}}")));
    }

    static ByteBuffer streamHead() {
        return ByteBuffer.wrap(STREAM_HEAD);
    }

    static ByteBuffer streamEnd() {
        return ByteBuffer.wrap(STREAM_END);
    }

    static ByteBuffer chunk(long id, int place, long planned) {
        byte[] bytes = CHUNK_FRAME.clone();
        Marks.write(bytes, CHUNK_MARK, id, place, planned);
        return ByteBuffer.wrap(bytes);
    }

    /** Joins head, all chunks and end, as a server sends them that has nothing to wait for. */
    static ByteBuffer burst(Script script, long planned) {
        ByteBuffer all =
                ByteBuffer.allocate(STREAM_HEAD.length + script.chunks() * CHUNK_FRAME.length + STREAM_END.length);
        all.put(STREAM_HEAD);
        for (int place = 0; place < script.chunks(); place++) {
            all.put(chunk(script.id(), place, planned));
        }
        return all.put(STREAM_END).flip();
    }

    /** Makes a reply that is not streamed, with a mark at either end of its text. */
    ByteBuffer whole(Script script, long planned) {
        byte[] template = wholes.computeIfAbsent(script.replyBytes(), Answers::template);
        byte[] bytes = template.clone();
        String end = BODY.substring(BODY.indexOf("%s") + 2);
        int last = bytes.length - end.length() - Marks.WIDTH;
        int room = Math.max(script.replyBytes(), minimum()) - minimum();
        Marks.write(bytes, last - room - Marks.WIDTH, script.id(), 0, planned);
        Marks.write(bytes, last, script.id(), 1, planned);
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] template(int size) {
        String filler = "x".repeat(Math.max(size, minimum()) - minimum());
        return ascii(whole("200 OK", BODY.formatted(Marks.blank() + filler + Marks.blank())));
    }

    private static int minimum() {
        return BODY.length() - 2 + 2 * Marks.WIDTH;
    }

    private static String whole(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String chunked(String part) {
        return Integer.toHexString(part.length()) + "\r\n" + part + "\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
