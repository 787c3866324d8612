package dev.signalbox.api;

import static java.util.Objects.requireNonNull;

/**
 * What a client asks, as it came. Immutable; the withers return changed copies that share the body.
 *
 * @param dialect the shape of the body
 * @param body one JSON object; the engine reads it any number of times and closes it when nobody will need it any more, before
 *     the answer is relayed where that is sure
 * @param headers the client's headers; only those the configuration names cross to a backend
 * @param caller who asks
 * @param cancellation cancelled when the client leaves
 */
public record RouteRequest(Dialect dialect, Body body, Headers headers, Caller caller, Cancellation cancellation) {

    /**
     * The header in which an ingress hands on what stood behind the {@code ?} of the path, as far as servers know it too:
     * {@code beta=true} of Anthropic's clients. It crosses as a query again, never as a header.
     */
    public static final String QUERY = "X-Signalbox-Query";

    public RouteRequest {
        requireNonNull(dialect, "dialect");
        requireNonNull(body, "body");
        requireNonNull(headers, "headers");
        requireNonNull(caller, "caller");
        requireNonNull(cancellation, "cancellation");
    }

    /** A request of that dialect, from {@link Caller#ANONYMOUS}, without headers. */
    public static RouteRequest of(Dialect dialect, Body body) {
        return new RouteRequest(dialect, body, Headers.none(), Caller.ANONYMOUS, Cancellation.create());
    }

    /**
     * One user message in the dialect {@code openai.chat}.
     *
     * @param model what a client writes in {@code model}: an alias, a profile, a target or a model's name
     */
    public static RouteRequest chat(String model, String text) {
        return of(Dialect.OPENAI_CHAT, Body.of(chatBody(model, text, "")));
    }

    /** Like {@link #chat}, answered as a stream of frames. */
    public static RouteRequest chatStream(String model, String text) {
        return of(Dialect.OPENAI_CHAT, Body.of(chatBody(model, text, ",\"stream\":true")));
    }

    /** The same request with one header replaced or added. */
    public RouteRequest withHeader(String name, String value) {
        return new RouteRequest(dialect, body, headers.with(name, value), caller, cancellation);
    }

    /** The same request of somebody else. */
    public RouteRequest withCaller(Caller other) {
        return new RouteRequest(dialect, body, headers, other, cancellation);
    }

    /** The same request that ends when that cancellation is cancelled. */
    public RouteRequest withCancellation(Cancellation other) {
        return new RouteRequest(dialect, body, headers, caller, other);
    }

    private static String chatBody(String model, String text, String more) {
        return "{\"model\":%s,\"messages\":[{\"role\":\"user\",\"content\":%s}]%s}"
                .formatted(JsonText.quote(model), JsonText.quote(text), more);
    }
}
