package dev.signalbox.backend.http.transport;

import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.ReplyHead.Framing;
import java.io.InputStream;
import java.time.Duration;

/** A reply whose bytes come straight from the socket. */
record SocketReply(int status, Headers headers, ReplyBody bytes) implements HttpReply {

    static SocketReply of(ReplyHead head, String method, Input input, Exchange exchange, Runnable giveBack) {
        ReplyBody body = switch (head.framing(method)) {
            case Framing.Length length -> new LengthBody(input, length.bytes(), exchange, giveBack);
            case Framing.Chunked chunked -> new ChunkedBody(input, exchange, giveBack);
            case Framing.UntilClose untilClose -> new ClosingBody(input, exchange, giveBack);
        };
        body.endIfComplete();
        return new SocketReply(head.status(), head.headers(), body);
    }

    @Override
    public InputStream body() {
        return bytes;
    }

    @Override
    public void endWithin(Duration limit) {
        bytes.endWithin(limit);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
