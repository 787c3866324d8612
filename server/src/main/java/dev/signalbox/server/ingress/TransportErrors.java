package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.core.ErrorReply;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells in a client's own shape what is wrong with a request that is too broken to come as far as an endpoint. */
public final class TransportErrors implements DirectHandler {

    /** All that Helidon says about it. */
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";

    private static final String UNSAID = "Bad request, see server log";

    private TransportErrors() {}

    /** The handlers for a listener. */
    public static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        TransportErrors errors = new TransportErrors();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, errors);
        }
        return handlers.build();
    }

    /** All that is sent to a client of plain HTTP that has come to a port that speaks TLS. */
    public static byte[] plainOnTls() {
        Problem problem = Problem.permanent(
                400, "plain_http", "This port speaks TLS, and this is plain HTTP: ask https:// instead of http://.");
        ErrorReply error = ErrorReply.of(Dialect.OPENAI_CHAT, problem, TraceIds.next());
        StringBuilder head = new StringBuilder("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n");
        error.headers()
                .with("Content-Length", String.valueOf(error.body().length))
                .forEach(line -> head.append(line.getKey())
                        .append(": ")
                        .append(line.getValue())
                        .append("\r\n"));
        return (head + "\r\n" + new String(error.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Problem problem = problem(status.code(), message == null ? "" : message, request);
        ErrorReply error = ErrorReply.of(Faces.of(request.path()), problem, TraceIds.next());
        error.headers()
                .forEach(line -> headers.set(HeaderValues.create(HeaderNames.create(line.getKey()), line.getValue())));
        return TransportResponse.builder()
                .status(Status.create(error.status()))
                .headers(headers)
                .keepAlive(type.keepAlive())
                .entity(error.body())
                .build();
    }

    /** What Helidon says, unless it only says that it says no more. */
    private static String improper(String message) {
        String improper = "This is not a proper HTTP request";
        return message.isEmpty() || message.startsWith(UNSAID) ? improper + "." : improper + ": " + message;
    }

    private static Problem problem(int status, String message, TransportRequest request) {
        if (message.startsWith(HEADERS_TOO_LARGE)) {
            return Problem.permanent(431, "headers_too_large", "The headers are larger than this server takes.");
        }
        if (status == 400 && request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            return Intake.encoded(
                    request.headers().get(HeaderNames.CONTENT_ENCODING).get());
        }
        return switch (status) {
            case 414 -> Problem.permanent(status, "uri_too_long", "The path is longer than this server takes.");
            case 500 -> Problem.permanent(status, "internal_error", "This server failed. Its log says more.");
            case 505 -> Problem.permanent(status, "http_version", "This server speaks HTTP/1.1.");
            default -> Problem.permanent(status, "bad_request", improper(message));
        };
    }
}
