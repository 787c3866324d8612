package dev.signalbox.backend.http.transport;

import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.TransportException.Reason;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A reply whose bytes come from Helidon. */
record WebReply(int status, Headers headers, ReplyBody bytes) implements HttpReply {

    static WebReply of(HttpClientResponse response, String method, Exchange exchange, Runnable giveBack) {
        int status = response.status().code();
        boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
        Body body = new Body(response, bodiless, exchange, giveBack);
        body.endIfComplete();
        return new WebReply(status, headers(response), body);
    }

    /** Whether the connection can be used again when the reply is read. */
    static boolean persistent(HttpClientResponse response) {
        return !response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                && (response.headers().contains(HeaderNames.CONTENT_LENGTH) || chunked(response));
    }

    /** How long the server says it keeps it. */
    static Optional<Duration> keepAlive(HttpClientResponse response) {
        return headers(response).first("keep-alive").flatMap(HeadLines::keepAlive);
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

    private static boolean chunked(HttpClientResponse response) {
        return response.headers().containsToken(HeaderValues.TRANSFER_ENCODING_CHUNKED);
    }

    private static Headers headers(HttpClientResponse response) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        for (Header header : response.headers()) {
            header.allValues().forEach(value -> lines.add(Map.entry(header.name(), value)));
        }
        return Headers.of(lines);
    }

    private static final class Body extends ReplyBody {

        private final InputStream in;
        private final boolean untilClose;
        private boolean over;

        Body(HttpClientResponse response, boolean bodiless, Exchange exchange, Runnable giveBack) {
            super(exchange, giveBack);
            boolean counted = response.headers().contains(HeaderNames.CONTENT_LENGTH);
            this.over = bodiless || response.headers().contains(HeaderValues.CONTENT_LENGTH_ZERO);
            this.untilClose = !counted && !chunked(response);
            this.in = over ? InputStream.nullInputStream() : response.inputStream();
        }

        @Override
        int fetch(byte[] to, int offset, int length) throws IOException {
            try {
                int count = in.read(to, offset, length);
                over = count < 0;
                return count;
            } catch (RuntimeException failure) {
                IOException told = WebTrouble.reading(failure);
                over = untilClose && told instanceof Fault fault && fault.reason() == Reason.TRUNCATED;
                if (over) {
                    return -1;
                }
                throw told;
            }
        }

        @Override
        boolean complete() {
            return over;
        }

        @Override
        int ready() {
            return 0;
        }
    }
}
