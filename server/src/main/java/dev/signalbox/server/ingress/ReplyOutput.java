package dev.signalbox.server.ingress;

import java.io.OutputStream;
import java.util.Arrays;

/** Writes an answer that has begun, in pieces small enough to show that a slow client takes them. Closing it does nothing. */
final class ReplyOutput extends OutputStream {

    static final int PIECE = 16 << 10;

    private final ReplyStream reply;

    ReplyOutput(ReplyStream reply) {
        this.reply = reply;
    }

    @Override
    public void write(int one) {
        reply.write(new byte[] {(byte) one}, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        for (int at = from; at < from + length; at += PIECE) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, from + length));
            reply.write(piece, piece.length);
        }
    }
}
