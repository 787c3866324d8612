package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request as it arrived, byte for byte. Any thread may ask. */
public final class ReceivedRequest {

    private final String method;
    private final String target;
    private final String version;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final int connection;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    ReceivedRequest(RequestLine line, List<Map.Entry<String, String>> headers, byte[] body, int connection) {
        this.method = line.method();
        this.target = line.target();
        this.version = line.version();
        this.headers = List.copyOf(headers);
        this.body = body;
        this.connection = connection;
    }

    record RequestLine(String method, String target, String version) {}

    /** The method, such as {@code POST}. */
    public String method() {
        return method;
    }

    /** What stood in the request line, query included. */
    public String target() {
        return target;
    }

    /** The target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The version in the request line, such as {@code HTTP/1.1}. */
    public String version() {
        return version;
    }

    /** All headers in the order and spelling of the client. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The values of one header, whatever its case. */
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The first value of one header, whatever its case. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** The bytes of the body without the framing they came in. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as text. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** The number of the connection it came on, counted from 1. */
    public int connection() {
        return connection;
    }

    /**
     * Completes when the client leaves before its reply was complete: it closed the connection, its half of it, or broke
     * it. Never completes if the reply was sent to its end.
     */
    public Future<Void> clientLeft() {
        return left;
    }

    CompletableFuture<Void> left() {
        return left;
    }

    /** Nothing but the last bytes of the reply is to be sent: from now on a client that goes is no client that left. */
    void answered() {
        settled.set(true);
    }

    /** The connection came to its end; true if that was before the reply did. */
    boolean gone() {
        boolean before = settled.compareAndSet(false, true);
        if (before) {
            left.complete(null);
        }
        return before;
    }

    /** Method, target and connection; not the body, which may be large. */
    @Override
    public String toString() {
        return "%s %s (%d bytes, connection %d)".formatted(method, target, body.length, connection);
    }
}
