package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import io.helidon.common.uri.UriInfo;
import io.helidon.common.uri.UriPath;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;

/** Sends a call with Helidon. */
final class WebRequest {

    private WebRequest() {}

    /** The head of the reply, waiting for it. */
    static HttpClientResponse send(HttpCall call, WebConnector connector, WebConnection connection, boolean keep)
            throws IOException {
        HttpClientRequest request = connector.request(Method.create(call.method()), connection);
        request.uri(uri(call.uri()));
        for (Map.Entry<String, String> line : call.headers()) {
            RequestOutput.check(line.getKey(), "the name of a header");
            RequestOutput.check(line.getValue(), "the header " + line.getKey());
            request.headers(
                    headers -> headers.add(HeaderValues.create(HeaderNames.create(line.getKey()), line.getValue())));
        }
        if (!keep) {
            request.header(HeaderValues.CONNECTION_CLOSE);
        }
        HttpClientResponse response = send(call, request);
        if (response.status().code() < 200) {
            throw Fault.malformed(
                    "an interim reply (status %d)".formatted(response.status().code()));
        }
        return response;
    }

    /** Put together from its parts, since reading a {@code URI} would decode what is to stay encoded. */
    private static ClientUri uri(URI uri) {
        Origin origin = Origin.of(uri);
        String target = RequestWriter.target(uri);
        int query = target.indexOf('?');
        return ClientUri.create(UriInfo.builder()
                .scheme(origin.secure() ? "https" : "http")
                .host(origin.host())
                .port(origin.port())
                .path(UriPath.create(query < 0 ? target : target.substring(0, query)))
                .query(query < 0 ? UriQuery.empty() : UriQuery.create(target.substring(query + 1)))
                .build());
    }

    private static HttpClientResponse send(HttpCall call, HttpClientRequest request) throws IOException {
        try {
            if (call.body().size() == 0) {
                return request.request();
            }
            request.header(
                    HeaderValues.create(HeaderNames.CONTENT_LENGTH, call.body().size()));
            return request.outputStream(out -> write(call, out));
        } catch (RuntimeException failure) {
            throw WebTrouble.waiting(failure);
        }
    }

    /** Not buffered by Helidon, and checked by it only at the end. */
    private static void write(HttpCall call, OutputStream out) throws IOException {
        try (Counted counted = new Counted(out, call.body().size())) {
            call.body().writeTo(counted);
        }
    }

    /** Lets pass exactly as many bytes as were announced. */
    private static final class Counted extends FilterOutputStream {

        private long left;

        Counted(OutputStream out, long length) {
            super(out);
            this.left = length;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new Fault(Reason.REQUEST, "the body of the request is longer than it said");
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (left > 0) {
                throw new Fault(
                        Reason.REQUEST, "the body of the request is %d bytes shorter than it said".formatted(left));
            }
            super.close();
        }
    }
}
