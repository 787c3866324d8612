package dev.signalbox.backend.http.transport;

import dev.signalbox.api.Headers;
import java.time.Duration;
import java.util.Optional;

/**
 * What stands before the body of a reply.
 *
 * @param status 200 to 599
 * @param headers the lines as they came
 * @param framing how the body tells its end, if there is one
 * @param persistent whether the server means to keep the connection
 * @param keepAlive how long it says it does
 */
record ReplyHead(int status, Headers headers, Framing framing, boolean persistent, Optional<Duration> keepAlive) {

    /** How a body tells where it ends. */
    sealed interface Framing {

        /** After that many bytes. */
        record Length(long bytes) implements Framing {}

        /** With a chunk of no bytes. */
        record Chunked() implements Framing {}

        /** With the connection. */
        record UntilClose() implements Framing {}
    }

    /** Whether the connection can be used again when the reply is read. */
    boolean persistent(String method) {
        return persistent && !(framing(method) instanceof Framing.UntilClose);
    }

    /** The framing of the body that really follows: none after {@code HEAD}, and none with some statuses. */
    Framing framing(String method) {
        boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
        return bodiless ? new Framing.Length(0) : framing;
    }
}
