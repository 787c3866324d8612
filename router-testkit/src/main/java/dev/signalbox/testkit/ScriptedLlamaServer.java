package dev.signalbox.testkit;

import static dev.signalbox.testkit.LlamaReplies.error;
import static dev.signalbox.testkit.LlamaReplies.nothingHere;

import java.util.List;
import java.util.Optional;

/**
 * A double of llama.cpp's {@code llama-server} with one model, {@code tiny-model}, and four slots; or, once it is
 * {@link #routing}, of one in router mode. It closes the connection after every stream without saying so, lets requests
 * wait for a slot without a word, and goes on with an answer that is not streamed although its client has left.
 */
public final class ScriptedLlamaServer extends ScriptedRuntime {

    private final LlamaProcess process = new LlamaProcess(this);
    private final Slots slots = new Slots(4);
    private volatile String model = "tiny-model";
    private volatile int context = 4096;
    private volatile boolean loading;
    private volatile Optional<String> key = Optional.empty();
    private volatile Optional<LlamaRouter> router = Optional.empty();

    private ScriptedLlamaServer() {}

    /** Starts one that is ready. */
    public static ScriptedLlamaServer start() {
        return new ScriptedLlamaServer();
    }

    /** From now on it has that model, with so many tokens of context in each slot. */
    public ScriptedLlamaServer serving(String name, int contextTokens) {
        model = name;
        context = contextTokens;
        return this;
    }

    /** From now on it is in router mode with these models, of which none is loaded; at most four will be at once. */
    public ScriptedLlamaServer routing(LlamaModel... models) {
        router = Optional.of(new LlamaRouter(this, new LlamaShelf(models), process));
        return this;
    }

    /** In router mode: has a model loaded from the start. */
    public ScriptedLlamaServer loaded(String name) {
        shelf().load(name, Gate.opened());
        return this;
    }

    /** In router mode: from now on loading takes until the gate is open; it is confirmed at once. */
    public ScriptedLlamaServer loadingFor(Gate gate) {
        router.orElseThrow().loadingFor(gate);
        return this;
    }

    /** In router mode: from now on unloading takes until the gate is open; it is confirmed at once. */
    public ScriptedLlamaServer unloadingFor(Gate gate) {
        router.orElseThrow().unloadingFor(gate);
        return this;
    }

    /** In router mode: whether a request for a model that is not loaded loads it; it does unless told otherwise. */
    public ScriptedLlamaServer autoload(boolean now) {
        router.orElseThrow().autoload(now);
        return this;
    }

    /** In router mode: as if started with {@code --models-max}. */
    public ScriptedLlamaServer atMost(int models) {
        shelf().most(models);
        return this;
    }

    /** In router mode: the process of that model is gone. */
    public ScriptedLlamaServer crashes(String name) {
        shelf().crash(name);
        return this;
    }

    /** In router mode: from now on the model's process dies after so many events of every stream. */
    public ScriptedLlamaServer childDiesAfter(int events) {
        process.diesAfter(events);
        return this;
    }

    /** In router mode: that model sleeps until it is asked. */
    public ScriptedLlamaServer sleeps(String name) {
        shelf().sleep(name);
        return this;
    }

    /** As if started with {@code --sleep-idle-seconds}: it sleeps until it is asked for anything but itself. */
    public ScriptedLlamaServer sleeps() {
        process.asleep(true);
        return this;
    }

    /** From now on it says on nearly every path that it is loading, or no longer. */
    public ScriptedLlamaServer loading(boolean now) {
        loading = now;
        return this;
    }

    /** From now on it answers so many requests at once; others wait. */
    public ScriptedLlamaServer slots(int count) {
        slots.places(count);
        return this;
    }

    /** As if started with {@code --embeddings}. */
    public ScriptedLlamaServer embedding() {
        process.embeds();
        return this;
    }

    /** As if started with {@code --reranking}. */
    public ScriptedLlamaServer reranking() {
        process.ranks();
        return this;
    }

    /** As if started with {@code --metrics}. */
    public ScriptedLlamaServer measuring() {
        process.measures();
        return this;
    }

    /** As if started with {@code --no-slots}. */
    public ScriptedLlamaServer withoutSlots() {
        process.hidesSlots();
        return this;
    }

    /** As if started with {@code --mmproj}. */
    public ScriptedLlamaServer seeing() {
        process.sees();
        return this;
    }

    /** As if started with {@code --api-key}. */
    public ScriptedLlamaServer requiring(String apiKey) {
        key = Optional.of(apiKey);
        return this;
    }

    /** From now on streams begin with so many comments. */
    public ScriptedLlamaServer pinging(int times) {
        process.pings(times);
        return this;
    }

    /** From now on answers pause until the gate is open, before any content; streams after head and comments. */
    public ScriptedLlamaServer prefillingFor(Gate gate) {
        process.prefillsFor(gate);
        return this;
    }

    /** How many requests wait for a slot. */
    public int waiting() {
        return slots.waiting();
    }

    /** Whether it sleeps. */
    public boolean asleep() {
        return process.asleep();
    }

    /** In router mode: the names of the models that are loaded, on their way there or on their way out. */
    public List<String> resident() {
        return shelf().seen().stream()
                .filter(seen -> seen.state() != LlamaShelf.State.UNLOADED)
                .map(seen -> seen.model().name())
                .toList();
    }

    @Override
    Reply reply(ReceivedRequest request) {
        String path = request.path();
        if (path.equals("/")) {
            return nothingHere();
        }
        if (loading) {
            return error(503, "unavailable_error", "Loading model");
        }
        if (!path.endsWith("/health") && !isAllowed(request)) {
            return error(401, "authentication_error", "Invalid API Key");
        }
        return router.isPresent()
                ? router.get().reply(request)
                : process.reply(request, new LlamaChild(model, context, slots));
    }

    private LlamaShelf shelf() {
        return router.orElseThrow().shelf();
    }

    private boolean isAllowed(ReceivedRequest request) {
        return key.map(wanted -> request.headers("authorization").contains("Bearer " + wanted)
                        || request.headers("x-api-key").contains(wanted))
                .orElse(true);
    }
}
