package dev.signalbox.server.ingress;

import dev.signalbox.api.Caller;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.core.ErrorReply;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request with the way back to whoever sent it.
 *
 * @param request what came
 * @param response what goes
 * @param dialect the shape of the body and of errors
 * @param caller who asks
 * @param last whether the client wants the connection closed after the answer
 */
record Exchange(ServerRequest request, ServerResponse response, Dialect dialect, Caller caller, boolean last) {

    /** One of somebody who is not known yet. */
    static Exchange of(ServerRequest request, ServerResponse response, Dialect dialect) {
        boolean last = request.headers().contains(HeaderValues.CONNECTION_CLOSE);
        return new Exchange(request, response, dialect, Caller.ANONYMOUS, last);
    }

    /** The same, asked by that caller. */
    Exchange by(Caller known) {
        return new Exchange(request, response, dialect, known, last);
    }

    /** The first value of a header. */
    Optional<String> header(HeaderName name) {
        return request.headers().first(name);
    }

    /** All headers, as the router reads them. */
    Headers headers() {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        for (Header header : request.headers()) {
            if (header.valueCount() == 1) {
                lines.add(Map.entry(header.name(), header.get()));
            } else {
                header.allValues().forEach(value -> lines.add(Map.entry(header.name(), value)));
            }
        }
        return Headers.of(lines);
    }

    /** Puts a line into the head of the answer. */
    void say(String name, String value) {
        response.headers().add(HeaderLine.of(name, value));
    }

    /** Answers with these bytes, or with their head alone where that was asked for. */
    void send(int status, String contentType, byte[] body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, contentType);
        response.header(HeaderNames.SERVER, "Signalbox"); // so that one that looks for servers knows its own kind
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }

    /** Answers with an error. */
    void error(ErrorReply error) {
        error.headers().without("Content-Type").forEach(line -> say(line.getKey(), line.getValue()));
        send(error.status(), error.headers().first("Content-Type").orElse("application/json"), error.body());
    }
}
