package dev.signalbox.testkit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A double of Ollama: its own API and its imitation of OpenAI's, with loading, unloading and the ways in which it fails.
 * It has one model, {@code qwen3:8b}, which is not loaded.
 */
public final class ScriptedOllama extends ScriptedRuntime {

    static final int CONTEXT = 4096;

    private static final Pattern LOCAL =
            Pattern.compile("(127\\.\\d+\\.\\d+\\.\\d+|\\[::1]|localhost|.*\\.(localhost|local|internal))(:\\d+)?");
    private static final String BUSY = "server busy, please try again.  maximum pending requests exceeded";

    private final OllamaShelf shelf = new OllamaShelf();
    private final OllamaNative own = new OllamaNative(this, shelf);
    private final OllamaImitation imitation = new OllamaImitation(this, shelf);
    private volatile Gate loading = Gate.opened();
    private volatile Gate unloading = Gate.opened();
    private volatile Optional<OllamaMemory> memory = Optional.empty();
    private volatile Optional<String> loadFailure = Optional.empty();

    private ScriptedOllama() {
        shelf.install(OllamaModel.named("qwen3:8b"));
    }

    /** Starts one. */
    public static ScriptedOllama start() {
        return new ScriptedOllama();
    }

    /** From now on it has these models and nothing else, none of them loaded. Without any, lists are {@code null}. */
    public ScriptedOllama installed(OllamaModel... models) {
        shelf.clear();
        Stream.of(models).forEach(shelf::install);
        return this;
    }

    /** Has a model in memory from the start. */
    public ScriptedOllama loaded(String name) {
        shelf.load(name, CONTEXT);
        return this;
    }

    /** From now on loading takes until the gate is open: the model is listed as loaded, no head is sent. */
    public ScriptedOllama loadingFor(Gate gate) {
        loading = gate;
        return this;
    }

    /** From now on unloading takes until the gate is open: it is confirmed at once, the model stays listed. */
    public ScriptedOllama unloadingFor(Gate gate) {
        unloading = gate;
        return this;
    }

    /**
     * From now on it has so much memory, of which it gives away no more than there is, and loading takes its time: so many
     * bytes in a millisecond.
     */
    public ScriptedOllama memory(long bytes, long bytesAMilli) {
        memory = Optional.of(new OllamaMemory(bytes, bytesAMilli));
        return this;
    }

    /** The models that were in memory together each time one was loaded; empty unless {@link #memory} was said. */
    public List<Set<String>> companies() {
        return memory.map(OllamaMemory::companies).orElse(List.of());
    }

    /** How often a model was not loaded because there was too little of {@link #memory}. */
    public int refusedLoads() {
        return memory.map(OllamaMemory::refused).orElse(0);
    }

    /** From now on loading fails with this text, as with too little memory. */
    public ScriptedOllama failsToLoad(String message) {
        loadFailure = Optional.of(message);
        return this;
    }

    /** From now on every generation is refused because too many wait for a model. */
    public ScriptedOllama full() {
        refuses(503, BUSY);
        return this;
    }

    /** Under {@code /v1} streams end after so many frames with an empty chunk and without an end mark; no error is told. */
    public ScriptedOllama silentFailure(int frames) {
        breaksAfter(frames, "");
        return this;
    }

    /** From now on every generation is refused by an error that is JSON inside text. */
    public ScriptedOllama nestedJsonError(String message) {
        String inner = ErrorShape.NUMBERED.body(400, "exceed_context_size_error", message);
        refuses(400, inner);
        return this;
    }

    /** The names of the models that are in memory, on their way there or on their way out. */
    public List<String> resident() {
        return shelf.loaded().keySet().stream().sorted().toList();
    }

    @Override
    Reply reply(ReceivedRequest request) {
        if (!LOCAL.matcher(request.header("host").orElse("")).matches()) {
            return Reply.status(403);
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /", "HEAD /" -> Reply.text(200, "Ollama is running");
            case "GET /api/version", "HEAD /api/version" -> Reply.json(200, "{\"version\":\"0.32.15\"}");
            case "GET /api/tags", "HEAD /api/tags" -> own.tags();
            case "GET /api/ps" -> own.residents();
            case "POST /api/show" -> read(request, own::show, OllamaNative::error);
            case "POST /api/chat" -> read(request, body -> own.generate(body, true), OllamaNative::error);
            case "POST /api/generate" -> read(request, body -> own.generate(body, false), OllamaNative::error);
            case "POST /api/embed" -> read(request, own::embed, OllamaNative::error);
            case "POST /api/embeddings" -> read(request, own::embedOne, OllamaNative::error);
            case "GET /v1/models" -> imitation.models();
            case "POST /v1/chat/completions" -> read(request, imitation::chat, OllamaImitation::error);
            case "POST /v1/completions" -> read(request, imitation::complete, OllamaImitation::error);
            case "POST /v1/responses" -> read(request, imitation::respond, OllamaImitation::error);
            case "POST /v1/messages" -> read(request, imitation::message, OllamaImitation::anthropicError);
            case "POST /v1/embeddings" -> read(request, imitation::embed, OllamaImitation::error);
            default -> Reply.text(404, "404 page not found");
        };
    }

    /** Tells an error in the words of one of the two APIs. */
    @FunctionalInterface
    interface Failing {
        Reply with(int status, String message);
    }

    Reply onceLoaded(OllamaModel model, Reply reply, Failing failing) {
        return onceLoaded(model, CONTEXT, reply, failing);
    }

    /**
     * The reply, its head held back while the model is being loaded, again if it has another context; or the failure to load
     * it.
     */
    Reply onceLoaded(OllamaModel model, int context, Reply reply, Failing failing) {
        if (!shelf.isLoaded(model.name(), context)) {
            if (loadFailure.isPresent()) {
                return failing.with(500, loadFailure.get());
            }
            Optional<String> tooLarge = memory.flatMap(all -> all.refusal(model, shelf.residentsBeside(model.name())));
            if (tooLarge.isPresent()) {
                return failing.with(500, tooLarge.get());
            }
            shelf.load(model.name(), context);
            memory.ifPresent(all -> all.load(model));
        }
        return reply.headWaitsFor(memory.map(all -> all.loaded(model)).orElse(loading));
    }

    void unload(OllamaModel model) {
        shelf.unload(model.name(), unloading);
    }

    private static Reply read(ReceivedRequest request, Function<Json, Reply> answer, Failing failing) {
        return body(request)
                .map(answer)
                .orElseGet(() -> failing.with(
                        400, request.text().isEmpty() ? "missing request body" : "invalid character in the body"));
    }
}
