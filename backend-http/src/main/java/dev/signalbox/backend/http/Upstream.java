package dev.signalbox.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.backend.http.transport.HttpCall;
import dev.signalbox.backend.http.transport.HttpReply;
import dev.signalbox.backend.http.transport.HttpTransport;
import dev.signalbox.backend.http.transport.TransportException;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One configured server behind HTTP: what backends hand their calls to. Any thread may use it, many at once.
 *
 * <p>It adds keys and headers, sends, and makes a {@link BackendException} of whatever is no 2xx, by the rules it was
 * given. It holds no state but its connections.
 */
public final class Upstream implements AutoCloseable {

    private static final int LARGEST_ERROR = 64 * 1024;
    private static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PluginContext context;
    private final HttpTransport transport;
    private final BaseUrl baseUrl;
    private final ErrorRules rules;
    private final Headers own;
    private final Set<String> passed;
    private final boolean clientsKey;
    private final Map<String, String> paths;
    private final Map<String, String> body;

    /**
     * A server as configured; opens nothing.
     *
     * @param config values of {@link HttpOptions}
     * @param rules how to understand what goes wrong
     */
    public Upstream(PluginConfig config, PluginContext context, ErrorRules rules) {
        this.context = context;
        this.transport = Transports.of(config);
        this.baseUrl = BaseUrl.of(config.get(HttpOptions.BASE_URL));
        this.rules = rules;
        this.own = own(config);
        this.passed = config.get(HttpOptions.PASS_HEADERS).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.clientsKey = config.get(HttpOptions.CREDENTIALS) == Credentials.CLIENT;
        this.paths = config.get(HttpOptions.PATHS);
        this.body = new LinkedHashMap<>();
        config.get(HttpOptions.BODY).forEach((name, node) -> body.put(name, NodeJson.of(node)));
    }

    /** Where it listens. */
    public BaseUrl baseUrl() {
        return baseUrl;
    }

    /** The machine it is on, by its address. */
    public Optional<String> host() {
        return Optional.ofNullable(URI.create(baseUrl.root()).getHost());
    }

    /** The edits that configuration asks for: members merged under the request. */
    public List<Edit> edits(RequestView request) {
        return body.isEmpty() ? List.of() : Edits.under(request, body);
    }

    /** Where requests of a call's dialect go: as configured, else as usual. */
    public URI address(BackendCall call, URI usual) {
        String path = paths.get(call.dialect().id());
        return path == null ? usual : URI.create(baseUrl.root() + (path.startsWith("/") ? path : "/" + path));
    }

    /**
     * Sends a call and returns the head of a 2xx reply.
     *
     * @param usual where it goes, unless configuration says otherwise
     */
    public BackendReply exchange(BackendCall call, URI usual) throws BackendException, InterruptedException {
        return exchange(call, usual, Headers.none());
    }

    /** Like {@link #exchange(BackendCall, URI)}, with headers that the backend itself adds. */
    public BackendReply exchange(BackendCall call, URI usual, Headers more)
            throws BackendException, InterruptedException {
        Headers headers = HeaderRules.toServer(call.headers(), passed, clientsKey);
        for (Map.Entry<String, String> line : more) {
            headers = headers.with(line.getKey(), line.getValue());
        }
        headers = headers.with("Content-Type", "application/json").with("Via", call.via());
        return answered(send(new HttpCall(
                "POST", address(call, usual), complete(headers), call.body(), call.deadline(), call.cancellation())));
    }

    /** Gets a JSON document. */
    public JsonNode get(URI address, Deadline deadline) throws BackendException, InterruptedException {
        return document(new HttpCall(
                "GET", address, complete(Headers.none()), Body.of(new byte[0]), deadline, Cancellation.create()));
    }

    /** Posts a JSON text and gets a JSON document. */
    public JsonNode post(URI address, String json, Deadline deadline) throws BackendException, InterruptedException {
        Headers headers = complete(Headers.of("Content-Type", "application/json"));
        return document(new HttpCall("POST", address, headers, Body.of(json), deadline, Cancellation.create()));
    }

    /** Gets a document as text, of any type. */
    public String text(URI address, Deadline deadline) throws BackendException, InterruptedException {
        HttpCall call = new HttpCall(
                "GET", address, complete(Headers.none()), Body.of(new byte[0]), deadline, Cancellation.create());
        try (HttpReply reply = send(call)) {
            requireSuccess(reply);
            return bounded(reply, LARGEST_DOCUMENT);
        }
    }

    /** Classifies what the server said went wrong. */
    public Failure read(int status, String error) {
        Failure failure = rules.read(status, error);
        boolean theirs = clientsKey && failure.kind() == FailureKind.UNAUTHORIZED && failure.status() > 0;
        return theirs ? failure.as(FailureKind.REJECTED) : failure;
    }

    @Override
    public void close() {
        transport.close();
    }

    private HttpReply send(HttpCall call) throws BackendException, InterruptedException {
        try {
            return transport.send(call);
        } catch (TransportException trouble) {
            throw Troubles.beforeHead(trouble);
        }
    }

    private BackendReply answered(HttpReply reply) throws BackendException {
        try {
            requireSuccess(reply);
        } catch (BackendException refused) {
            reply.close();
            throw refused;
        }
        return new UpstreamReply(reply);
    }

    private JsonNode document(HttpCall call) throws BackendException, InterruptedException {
        try (HttpReply reply = send(call)) {
            requireSuccess(reply);
            String text = bounded(reply, LARGEST_DOCUMENT);
            try {
                return JSON.readTree(text);
            } catch (IOException notJson) {
                throw new BackendException(
                        Failure.of(FailureKind.BROKEN_REPLY, call.uri().getPath() + " gave no JSON"), notJson);
            }
        }
    }

    /** Only a 2xx that is not a page of HTML is an answer; several servers greet a wrong path with one. */
    private void requireSuccess(HttpReply reply) throws BackendException {
        if (reply.status() >= 200 && reply.status() < 300) {
            boolean page = reply.headers()
                    .first("Content-Type")
                    .filter(type -> type.startsWith("text/html"))
                    .isPresent();
            if (page) {
                throw new BackendException(
                        FailureKind.BROKEN_REPLY, "the server answered with an HTML page; is the base-url right?");
            }
            return;
        }
        Failure failure = reply.status() < 400
                ? Failure.of(
                        FailureKind.BROKEN_REPLY,
                        "the server redirects (status %d), which is not followed; is the base-url right?"
                                .formatted(reply.status()))
                : read(reply.status(), bounded(reply, LARGEST_ERROR));
        throw new BackendException(failure.retryAfter(
                RetryAfter.of(reply.headers(), context.clock().instant())));
    }

    private static String bounded(HttpReply reply, int most) throws BackendException {
        try (InputStream in = reply.body()) {
            return new String(in.readNBytes(most), java.nio.charset.StandardCharsets.UTF_8);
        } catch (TransportException trouble) {
            throw Troubles.inBody(trouble);
        } catch (IOException trouble) {
            throw new BackendException(Failure.of(FailureKind.BROKEN_REPLY, trouble.toString()), trouble);
        }
    }

    private Headers complete(Headers headers) {
        Headers all = headers;
        for (Map.Entry<String, String> line : own) {
            boolean key = line.getKey().equalsIgnoreCase("Authorization");
            if (!(key && clientsKey && headers.first("Authorization").isPresent())) {
                all = all.with(line.getKey(), line.getValue());
            }
        }
        return all;
    }

    private static Headers own(PluginConfig config) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        lines.add(Map.entry("Accept", "application/json, text/event-stream, application/x-ndjson"));
        lines.add(Map.entry("User-Agent", "signalbox"));
        if (config.get(HttpOptions.CREDENTIALS) == Credentials.OWN) {
            config.get(HttpOptions.API_KEY)
                    .map(String::strip)
                    .filter(key -> !key.isEmpty())
                    .ifPresent(key -> lines.add(Map.entry("Authorization", "Bearer " + key)));
        }
        Headers headers = Headers.of(lines);
        for (Map.Entry<String, String> line : config.get(HttpOptions.HEADERS).entrySet()) {
            headers = headers.with(line.getKey(), line.getValue());
        }
        return headers;
    }
}
