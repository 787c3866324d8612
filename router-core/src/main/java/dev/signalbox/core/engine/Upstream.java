package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendReply;
import java.io.InputStream;

/**
 * A reply whose head is here, with what its plugin said of it read once.
 *
 * @param status 2xx
 * @param headers those that may cross to the client
 * @param body the bytes, read by one thread
 * @param reply the plugin's, to be closed by any thread
 */
record Upstream(int status, Headers headers, InputStream body, BackendReply reply) implements AutoCloseable {

    /**
     * What a backend returned.
     *
     * @throws IllegalStateException if it returned nothing, or what it should have thrown
     */
    static Upstream of(BackendReply reply) {
        requireNonNull(reply, "it returned null instead of a reply");
        boolean kept = false;
        try {
            Upstream upstream =
                    new Upstream(reply.status(), requireNonNull(reply.headers()), requireNonNull(reply.body()), reply);
            if (upstream.status < 200 || upstream.status > 299) {
                throw new IllegalStateException(
                        "it returned a reply of status %d, which is to be thrown".formatted(upstream.status));
            }
            kept = true;
            return upstream;
        } finally {
            if (!kept) {
                reply.close();
            }
        }
    }

    @Override
    public void close() {
        reply.close();
    }
}
