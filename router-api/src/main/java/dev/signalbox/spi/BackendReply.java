package dev.signalbox.spi;

import dev.signalbox.api.Headers;
import java.io.IOException;
import java.io.InputStream;

/**
 * The head of a 2xx reply and its bytes to come. One thread reads; any thread may close.
 *
 * <p>Reading the body gives bytes as soon as they are there. A body that ends before it should throws
 * {@link BackendFailure}; so does one that is closed or reaches the call's deadline while somebody reads.
 */
public interface BackendReply extends AutoCloseable {

    /** The HTTP status, 2xx. */
    int status();

    /** The reply's headers that may cross to the client. */
    Headers headers();

    /** The bytes. */
    InputStream body();

    /** Ends the generation if it goes on and gives the connection back or up. Does nothing the second time. */
    @Override
    void close();

    /** A read that failed, with the kind of failure it is. */
    final class BackendFailure extends IOException {

        private static final long serialVersionUID = 1L;

        private final BackendException failure;

        /** That failure while reading. */
        public BackendFailure(BackendException failure) {
            super(failure.getMessage(), failure);
            this.failure = failure;
        }

        /** What failed. */
        public BackendException failure() {
            return failure;
        }
    }

    /** A reply of these bytes; closing it closes the stream. */
    static BackendReply of(int status, Headers headers, InputStream body) {
        return new BackendReply() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public Headers headers() {
                return headers;
            }

            @Override
            public InputStream body() {
                return body;
            }

            @Override
            public void close() {
                try {
                    body.close();
                } catch (IOException failure) {
                    System.getLogger(BackendReply.class.getName())
                            .log(System.Logger.Level.DEBUG, "Closing a reply failed.", failure);
                }
            }
        };
    }
}
