package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;

/** Writes a call as an HTTP/1.1 request. */
final class RequestWriter {

    private final RequestOutput out;

    private RequestWriter(RequestOutput out) {
        this.out = out;
    }

    /**
     * Writes all of it.
     *
     * @return false if the server stopped taking it; it may have replied all the same
     * @throws Fault if it cannot be written wherever it goes to
     */
    static boolean write(HttpCall call, Origin origin, Connection connection, Scratch scratch, boolean keep)
            throws IOException {
        ByteBuffer buffer = scratch.take();
        RequestOutput out = new RequestOutput(connection, buffer);
        try {
            new RequestWriter(out).write(call, origin, keep);
            return true;
        } catch (Fault ours) {
            throw ours;
        } catch (IOException failure) {
            if (out.broken()) {
                return false;
            }
            throw new Fault(Reason.REQUEST, "the body of the request cannot be read: " + failure.getMessage(), failure);
        } finally {
            scratch.giveBack(buffer);
        }
    }

    private void write(HttpCall call, Origin origin, boolean keep) throws IOException {
        out.latin(call.method());
        out.latin(" ");
        out.latin(target(call.uri()));
        out.latin(" HTTP/1.1\r\n");
        if (call.headers().first("Host").isEmpty()) {
            line("Host", origin.authority());
        }
        for (Map.Entry<String, String> header : call.headers()) {
            line(header.getKey(), header.getValue());
        }
        if (!keep) {
            line("Connection", "close");
        }
        body(call);
    }

    private void body(HttpCall call) throws IOException {
        long length = call.body().size();
        if (call.announcesLength()) {
            line("Content-Length", Long.toString(length));
        }
        out.latin("\r\n");
        out.expect(length);
        call.body().writeTo(out);
        out.finish();
    }

    private void line(String name, String value) throws IOException {
        out.text(name, "the name of a header");
        out.latin(": ");
        out.text(value, "the header " + name);
        out.latin("\r\n");
    }

    /** What is asked for: path and query, in printable ASCII. */
    static String target(URI uri) {
        URI ascii = isAscii(uri.toString()) ? uri : URI.create(uri.toASCIIString());
        String path = ascii.getRawPath();
        String query = ascii.getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }
}
