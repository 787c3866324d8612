package dev.signalbox.backend.http;

import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.http.transport.HttpReply;
import dev.signalbox.backend.http.transport.TlsWanted;
import dev.signalbox.backend.http.transport.TransportException;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Lets replies pass that are answers, and tells what the others mean. Any thread may use it.
 *
 * @param server who replies
 * @param clock what dates in replies are compared with
 * @param errors how what the server says is understood
 */
record ReplyCheck(BaseUrl server, InstantSource clock, Errors errors) {

    private static final int LARGEST_ERROR = 64 * 1024;
    private static final Duration ERROR_TIME = Duration.ofSeconds(2);
    private static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;

    /** Understands what a server says went wrong. */
    @FunctionalInterface
    interface Errors {
        Failure read(int status, String error);
    }

    /** Only a 2xx that is not a page of HTML is an answer; several servers greet a wrong path with one. */
    void requireSuccess(HttpReply reply, Secrets hidden) throws BackendException {
        if (reply.status() >= 200 && reply.status() < 300) {
            boolean page = reply.headers()
                    .first("Content-Type")
                    .filter(type -> type.startsWith("text/html"))
                    .isPresent();
            if (page) {
                throw new BackendException(
                        FailureKind.BROKEN_REPLY, "the server answered with an HTML page; is the base-url right?");
            }
            return;
        }
        throw new BackendException(
                hidden.hide(refusal(reply)).retryAfter(RetryAfter.of(reply.headers(), clock.instant())));
    }

    private Failure refusal(HttpReply reply) {
        if (reply.status() < 400) {
            return Failure.of(
                    FailureKind.BROKEN_REPLY,
                    "the server redirects (status %d), which is not followed; is the base-url right?"
                            .formatted(reply.status()));
        }
        String error = error(reply);
        return TlsWanted.saidBy(reply.status(), error)
                ? Failure.of(FailureKind.UNREACHABLE, "%s: %s".formatted(server.root(""), TlsWanted.WORDS))
                : placed(errors.read(reply.status(), error));
    }

    /** Tells where the path was looked for. */
    private Failure placed(Failure failure) {
        if (!Upstream.saysNoPath(failure)) {
            return failure;
        }
        String message =
                "%s has no such path (%s); is the base-url right?".formatted(server.root(""), failure.message());
        return new Failure(failure.kind(), failure.status(), failure.code(), message, failure.retryAfter());
    }

    /** As much of an error as comes soon: who fails may well fail to finish saying so. */
    private static String error(HttpReply reply) {
        reply.endWithin(ERROR_TIME);
        byte[] bytes = new byte[LARGEST_ERROR];
        int filled = 0;
        try (InputStream in = reply.body()) {
            for (int count = 0; count >= 0 && filled < bytes.length; filled += Math.max(count, 0)) {
                count = in.read(bytes, filled, bytes.length - filled);
            }
        } catch (IOException brokenOff) {
            // the status and what came of it say enough
        }
        return new String(bytes, 0, filled, StandardCharsets.UTF_8);
    }

    /** All of a document. */
    static String whole(HttpReply reply) throws BackendException {
        try (InputStream in = reply.body()) {
            byte[] bytes = in.readNBytes(LARGEST_DOCUMENT + 1);
            if (bytes.length > LARGEST_DOCUMENT) {
                throw new BackendException(
                        FailureKind.BROKEN_REPLY, "a document of more than %d bytes".formatted(LARGEST_DOCUMENT));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (TransportException trouble) {
            throw Troubles.inBody(trouble);
        } catch (IOException trouble) {
            throw new BackendException(Failure.of(FailureKind.BROKEN_REPLY, trouble.toString()), trouble);
        }
    }
}
