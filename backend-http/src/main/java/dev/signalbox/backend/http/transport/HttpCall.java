package dev.signalbox.backend.http.transport;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Headers;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One request.
 *
 * @param method such as {@code POST}
 * @param uri absolute, {@code http} or {@code https}, without user info
 * @param headers sent as they are; those of the connection and of the body's length are the transport's own
 * @param body sent with {@code Content-Length}; may be written twice, see {@link HttpTransport#send}
 * @param deadline when all must have ended, the reading of the reply included
 * @param cancellation ends the call from any thread at any time: the socket is closed, whoever blocks on it is freed
 */
public record HttpCall(
        String method, URI uri, Headers headers, Body body, Deadline deadline, Cancellation cancellation) {

    private static final Body NOTHING = Body.of(new byte[0]);
    private static final List<String> OURS = List.of(
            "connection", "content-length", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

    public HttpCall {
        if (!isMethod(method)) {
            throw new IllegalArgumentException("\"%s\" is not a method such as POST".formatted(method));
        }
        for (Map.Entry<String, String> line : headers) {
            if (setByTransport(line.getKey())) {
                throw new IllegalArgumentException("the header %s is set by the transport".formatted(line.getKey()));
            }
        }
    }

    /** A {@code GET} without headers that nobody cancels. */
    public static HttpCall get(URI uri, Deadline deadline) {
        return new HttpCall("GET", uri, Headers.none(), NOTHING, deadline, Cancellation.create());
    }

    /** A {@code POST} of a body that nobody cancels. */
    public static HttpCall post(URI uri, Headers headers, Body body, Deadline deadline) {
        return new HttpCall("POST", uri, headers, body, deadline, Cancellation.create());
    }

    /** The same call with these headers and no others. */
    public HttpCall with(Headers others) {
        return new HttpCall(method, uri, others, body, deadline, cancellation);
    }

    /** The same call, ended when this wish is made. */
    public HttpCall endedBy(Cancellation wish) {
        return new HttpCall(method, uri, headers, body, deadline, wish);
    }

    /** Whether a header is the transport's own, so that a call may not bring it. Without case. */
    public static boolean setByTransport(String header) {
        for (String own : OURS) {
            if (own.equalsIgnoreCase(header)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMethod(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether a length is sent even of an empty body, since servers expect one with this method. */
    boolean announcesLength() {
        return body.size() > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }
}
