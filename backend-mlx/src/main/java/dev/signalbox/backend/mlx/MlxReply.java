package dev.signalbox.backend.mlx;

import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendReply;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A reply that tells when its generation is over, or when nobody reads it to its end. */
final class MlxReply implements BackendReply {

    private final BackendReply reply;
    private final Generations.Generation generation;
    private final InputStream body;

    MlxReply(BackendReply reply, Generations.Generation generation) {
        this.reply = reply;
        this.generation = generation;
        this.body = new Watched(reply.body(), generation);
    }

    @Override
    public int status() {
        return reply.status();
    }

    @Override
    public Headers headers() {
        return reply.headers();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        generation.abandoned();
        reply.close();
    }

    private static final class Watched extends FilterInputStream {

        private final Generations.Generation generation;

        Watched(InputStream in, Generations.Generation generation) {
            super(in);
            this.generation = generation;
        }

        @Override
        public int read() throws IOException {
            return seen(super.read());
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return seen(super.read(into, offset, length));
        }

        private int seen(int result) {
            if (result < 0) {
                generation.ended();
            }
            return result;
        }
    }
}
