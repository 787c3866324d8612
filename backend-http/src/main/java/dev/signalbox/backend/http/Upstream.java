package dev.signalbox.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Body;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.HttpCall;
import dev.signalbox.backend.http.transport.HttpReply;
import dev.signalbox.backend.http.transport.HttpTransport;
import dev.signalbox.backend.http.transport.TransportException;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One configured server behind HTTP: what backends hand their calls to. Any thread may use it, many at once.
 *
 * <p>It adds keys and headers, sends, and makes a {@link BackendException} of whatever is no 2xx, by the rules it was
 * given. It holds no state but its connections.
 */
public final class Upstream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is said where no path is, by servers, by what stands before them and by a router like this one. */
    private static final Pattern NO_PATH = Pattern.compile(
            "((http status )?404[: ]*)?((page|file|path|resource) )?(not found)?\\.?|an html page .*|there is nothing at .*|"
                    + ".* has no such path \\(.*",
            Pattern.CASE_INSENSITIVE);

    private final HttpTransport transport;
    private final Addresses addresses;
    private final ReplyCheck replies;
    private final ErrorRules rules;
    private final RequestHeaders headers;
    private final Map<String, String> body;
    private final Secrets secrets;

    /**
     * A server as configured; opens nothing.
     *
     * @param config values of {@link HttpOptions}
     * @param rules how to understand what goes wrong
     * @throws ConfigurationException if values that are right by themselves cannot be used
     */
    public Upstream(PluginConfig config, PluginContext context, ErrorRules rules) {
        this(config, context, rules, KeyPlace.BEARER);
    }

    /** Like {@link #Upstream(PluginConfig, PluginContext, ErrorRules)}, for a server that looks there for its key. */
    public Upstream(PluginConfig config, PluginContext context, ErrorRules rules, KeyPlace key) {
        this.rules = rules;
        this.addresses = Addresses.read(config);
        this.replies = new ReplyCheck(addresses.base(), context.clock(), this::read);
        this.headers = new RequestHeaders(config, key);
        this.secrets = Secrets.of(config);
        this.body = new LinkedHashMap<>();
        config.get(HttpOptions.BODY).forEach((name, node) -> body.put(name, NodeJson.of(node)));
        this.transport = Transports.of(config);
    }

    /** Where it listens. */
    public BaseUrl baseUrl() {
        return addresses.base();
    }

    /** The machine it is on, by its address. */
    public Optional<String> host() {
        return Optional.of(baseUrl().host());
    }

    /** The edits that configuration asks for: members merged under the request. */
    public List<Edit> edits(RequestView request) {
        return body.isEmpty() ? List.of() : Edits.under(request, body);
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
        Headers all = headers.of(call.headers(), more, call.via());
        HttpReply reply = send(new HttpCall(
                "POST", addresses.of(call, usual), all, call.body(), call.deadline(), call.cancellation()));
        return answered(reply, hidden(call.headers()));
    }

    /** Gets a JSON document. */
    public JsonNode get(URI address, Deadline deadline) throws BackendException, InterruptedException {
        return get(address, Headers.none(), deadline);
    }

    /** Like {@link #get(URI, Deadline)}, with headers that the backend itself adds. */
    public JsonNode get(URI address, Headers more, Deadline deadline) throws BackendException, InterruptedException {
        Headers all = headers.plain();
        for (Map.Entry<String, String> line : more) {
            all = all.with(line.getKey(), line.getValue());
        }
        return document(HttpCall.get(address, deadline).with(all), secrets);
    }

    /** Posts a JSON text and gets a JSON document. */
    public JsonNode post(URI address, String json, Deadline deadline) throws BackendException, InterruptedException {
        Headers typed = headers.plain().with("Content-Type", "application/json");
        return document(HttpCall.post(address, typed, Body.of(json), deadline), secrets);
    }

    /**
     * Posts a question in a dialect that a client's request raises, with those of its headers that cross and {@code Via}.
     *
     * @param usual where it goes, unless configuration says otherwise
     * @param more headers that the backend itself adds
     */
    public JsonNode ask(Dialect dialect, URI usual, String json, Headers client, Headers more, Deadline deadline)
            throws BackendException, InterruptedException {
        List<String> via = client.all("Via");
        Headers all = headers.of(client, via.isEmpty() ? more : more.with("Via", String.join(", ", via)));
        return document(HttpCall.post(addresses.of(dialect, usual), all, Body.of(json), deadline), hidden(client));
    }

    private Secrets hidden(Headers client) {
        return headers.clientsKey() ? secrets.and(client) : secrets;
    }

    /** Gets a document as text, of any type. */
    public String text(URI address, Deadline deadline) throws BackendException, InterruptedException {
        try (HttpReply reply = send(HttpCall.get(address, deadline).with(headers.plain()))) {
            replies.requireSuccess(reply, secrets);
            return ReplyCheck.whole(reply);
        }
    }

    /** Classifies what the server said went wrong, and keeps our keys to itself if the server repeats them. */
    public Failure read(int status, String error) {
        Failure failure = secrets.hide(rules.read(status, error));
        boolean theirs = headers.clientsKey() && failure.kind() == FailureKind.UNAUTHORIZED && failure.status() > 0;
        return theirs ? failure.as(FailureKind.REJECTED) : failure;
    }

    /**
     * Whether a server said that it has no such path. A model that is not there has the same status: it was the path if
     * nothing but the status is said.
     */
    public static boolean saysNoPath(Failure failure) {
        return failure.status() == 404 && NO_PATH.matcher(failure.message()).matches();
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

    private BackendReply answered(HttpReply reply, Secrets hidden) throws BackendException {
        try {
            replies.requireSuccess(reply, hidden);
        } catch (BackendException refused) {
            reply.close();
            throw refused;
        }
        return new UpstreamReply(reply);
    }

    private JsonNode document(HttpCall call, Secrets hidden) throws BackendException, InterruptedException {
        try (HttpReply reply = send(call)) {
            replies.requireSuccess(reply, hidden);
            return JSON.readTree(ReplyCheck.whole(reply));
        } catch (JsonProcessingException notJson) {
            throw new BackendException(
                    Failure.of(FailureKind.BROKEN_REPLY, call.uri().getPath() + " gave no JSON"), notJson);
        }
    }
}
