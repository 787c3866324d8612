package dev.signalbox.testkit;

import static dev.signalbox.testkit.LlamaReplies.error;
import static dev.signalbox.testkit.LlamaReplies.good;
import static dev.signalbox.testkit.LlamaReplies.nothingHere;
import static dev.signalbox.testkit.LlamaReplies.passedOn;
import static dev.signalbox.testkit.LlamaReplies.rejected;

import dev.signalbox.testkit.LlamaShelf.Seen;
import dev.signalbox.testkit.LlamaShelf.State;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A {@code llama-server} started without a model: it lists, loads and unloads, and passes on what is for a model. */
final class LlamaRouter {

    private static final String DONE = "{\"success\":true}";

    /** What a model's process tells in its sleep. */
    private static final Set<String> ASLEEP = Set.of("/props", "/metrics");

    private final ScriptedRuntime runtime;
    private final LlamaShelf shelf;
    private final LlamaProcess process;
    private volatile boolean autoload = true;
    private volatile Gate loading = Gate.opened();
    private volatile Gate unloading = Gate.opened();

    LlamaRouter(ScriptedRuntime runtime, LlamaShelf shelf, LlamaProcess process) {
        this.runtime = runtime;
        this.shelf = shelf;
        this.process = process;
    }

    LlamaShelf shelf() {
        return shelf;
    }

    void autoload(boolean now) {
        autoload = now;
    }

    void loadingFor(Gate gate) {
        loading = gate;
    }

    void unloadingFor(Gate gate) {
        unloading = gate;
    }

    Reply reply(ReceivedRequest request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /health", "GET /v1/health" -> good("{\"status\":\"ok\"}");
            case "GET /models", "GET /v1/models" -> good(LlamaFacts.shelf(shelf.seen()));
            case "GET /props" ->
                asked(request).isEmpty() ? good(LlamaFacts.routerProperties(autoload)) : toModel(request);
            case "GET /slots", "GET /metrics" -> toModel(request);
            case "POST /models/load" -> load(request);
            case "POST /models/unload" -> unload(request);
            default -> request.method().equals("POST") ? toModel(request) : nothingHere();
        };
    }

    private Reply load(ReceivedRequest request) {
        Optional<Seen> model = shelf.find(asked(request));
        if (model.isEmpty()) {
            return nothingHere();
        }
        if (model.get().state() != State.UNLOADED) {
            return rejected("model is already running");
        }
        return shelf.load(model.get().model().name(), loading) ? good(DONE).noGeneration() : full();
    }

    private Reply unload(ReceivedRequest request) {
        Optional<Seen> model = shelf.find(asked(request));
        if (model.isEmpty()) {
            return rejected("model is not found");
        }
        if (model.get().state() == State.UNLOADED) {
            return rejected("model is not running");
        }
        shelf.unload(model.get().model().name(), unloading);
        return good(DONE).noGeneration();
    }

    /** Loads the model first, if that may be, and has the request wait for it. */
    private Reply toModel(ReceivedRequest request) {
        String asked = asked(request);
        if (asked.isEmpty()) {
            return rejected("model name is missing from the request");
        }
        Optional<Seen> found = shelf.find(asked);
        if (found.isEmpty()) {
            return rejected("model '%s' not found".formatted(asked));
        }
        String name = found.get().model().name();
        if (!mayLoad(request) && found.get().state() == State.UNLOADED) {
            return rejected("model is not loaded");
        }
        if (!shelf.load(name, loading)) {
            return full();
        }
        shelf.arrival(name)
                .pass(ReplyWriter.either(request.left(), runtime.server().stopped()));
        if (shelf.find(name).filter(seen -> seen.state() != State.UNLOADED).isEmpty()) {
            return error(500, "server_error", "model name=%s failed to load".formatted(name));
        }
        if (!ASLEEP.contains(request.path())) {
            shelf.wake(name);
        }
        return passedOn(process.reply(request, shelf.child(name)));
    }

    private boolean mayLoad(ReceivedRequest request) {
        return parameter(request, "autoload").map("true"::equals).orElse(autoload);
    }

    private static Reply full() {
        return error(500, "server_error", "model limit reached, try again later");
    }

    private static String asked(ReceivedRequest request) {
        return request.method().equals("GET")
                ? parameter(request, "model").orElse("")
                : ScriptedRuntime.body(request).map(body -> body.text("/model")).orElse("");
    }

    private static Optional<String> parameter(ReceivedRequest request, String name) {
        String query = request.target().substring(request.path().length());
        return Stream.of(query.substring(Math.min(1, query.length())).split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }
}
