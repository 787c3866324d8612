package dev.signalbox.backend.http;

import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.HttpReply;
import dev.signalbox.backend.http.transport.TransportException;
import dev.signalbox.spi.BackendReply;
import java.io.IOException;
import java.io.InputStream;

/** A reply of a server as the engine reads it. */
final class UpstreamReply implements BackendReply {

    private final HttpReply reply;
    private final Headers headers;
    private final InputStream body;

    UpstreamReply(HttpReply reply) {
        this.reply = reply;
        this.headers = HeaderRules.toClient(reply.headers());
        this.body = new Body(reply.body());
    }

    @Override
    public int status() {
        return reply.status();
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
        reply.close();
    }

    /** Bytes whose troubles are told as kinds of failure. */
    private static final class Body extends InputStream {

        private final InputStream in;

        Body(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (TransportException trouble) {
                throw new BackendFailure(Troubles.inBody(trouble));
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
