package dev.signalbox.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A double of a server built on MLX: mlx_lm.server, mlx-vlm or mlx-omni-server, each with its own framing, errors and
 * ways of being busy. It has the model {@code mlx-community/Qwen3-8B-4bit}, which it loads when it is first asked for.
 *
 * <p>All of them keep one model in memory, swap it for whichever a request names, and would download a model they do not
 * have: {@link #downloads} tells what they would have fetched.
 */
public final class ScriptedMlx extends ScriptedRuntime {

    /** The model it has unless told otherwise. */
    public static final String MODEL = "mlx-community/Qwen3-8B-4bit";

    private final Face face;
    private final List<String> downloads = new CopyOnWriteArrayList<>();
    private final List<String> loads = new CopyOnWriteArrayList<>();
    private final ReentrantLock loading = new ReentrantLock();
    private volatile Optional<String> inMemory = Optional.empty(); // written under loading
    private volatile List<String> models = List.of(MODEL);
    private volatile Gate loadGate = Gate.opened();
    private volatile Gate generation = Gate.opened();
    private volatile int keepalives;
    private volatile int contextLimit;
    private volatile boolean dead;
    private volatile Optional<String> key = Optional.empty();

    /** One of the three servers. */
    interface Face {
        Reply reply(ReceivedRequest request);
    }

    private enum Kind {
        LM,
        VLM,
        OMNI
    }

    private ScriptedMlx(Kind kind) {
        face = switch (kind) {
            case LM -> new MlxLm(this);
            case VLM -> new MlxVlm(this);
            case OMNI -> new MlxOmni(this);
        };
    }

    /**
     * Starts an mlx_lm.server: HTTP/1.0, every reply ended by the end of its connection, no answer at all to what it does
     * not like, and healthy whatever happens.
     */
    public static ScriptedMlx lm() {
        return new ScriptedMlx(Kind.LM);
    }

    /**
     * Starts an mlx-vlm server: answers nobody while it loads a model. It speaks chat, responses, Anthropic's messages,
     * embeddings and rerank here.
     */
    public static ScriptedMlx vlm() {
        return new ScriptedMlx(Kind.VLM);
    }

    /** Starts an mlx-omni-server: while it works on one request, nothing else is answered, be it a list of models. */
    public static ScriptedMlx omni() {
        return new ScriptedMlx(Kind.OMNI);
    }

    /** From now on it has these models. */
    public ScriptedMlx serving(String... names) {
        models = List.of(names);
        return this;
    }

    /** From now on loading a model lasts until the gate is open; before the head, and without a word. */
    public ScriptedMlx loadingFor(Gate gate) {
        loadGate = gate;
        return this;
    }

    /**
     * From now on generations last until the gate is open: streams stand behind their head, other answers before it. A
     * client that leaves ends none of them that the server would not end.
     */
    public ScriptedMlx generatingFor(Gate gate) {
        generation = gate;
        return this;
    }

    /** From now on streams of mlx_lm.server begin with so many comments about the prompt; other servers are silent. */
    public ScriptedMlx keepingAlive(int comments) {
        keepalives = comments;
        return this;
    }

    /** As if mlx-vlm was started with {@code --max-kv-size}. */
    public ScriptedMlx limitedTo(int tokens) {
        contextLimit = tokens;
        return this;
    }

    /** As if mlx-vlm was started with a key, which then guards everything. */
    public ScriptedMlx requiring(String apiKey) {
        key = Optional.of(apiKey);
        return this;
    }

    /** Kills the thread of mlx_lm.server that generates: nothing is answered any more, but health and models. */
    public ScriptedMlx dies() {
        dead = true;
        return this;
    }

    /** The models it does not have and would have downloaded, because it was asked for them, in order. */
    public List<String> downloads() {
        return List.copyOf(downloads);
    }

    /** The models it loaded, in order; each but the last was dropped for the next. */
    public List<String> loads() {
        return List.copyOf(loads);
    }

    @Override
    Reply reply(ReceivedRequest request) {
        return face.reply(request);
    }

    List<String> models() {
        return models;
    }

    Gate generation() {
        return generation;
    }

    int keepalives() {
        return keepalives;
    }

    int contextLimit() {
        return contextLimit;
    }

    boolean isDead() {
        return dead;
    }

    boolean isOpenTo(ReceivedRequest request) {
        return key.map(wanted -> request.headers("authorization").contains("Bearer " + wanted))
                .orElse(true);
    }

    /** The model in memory; empty if none was asked for yet. */
    Optional<String> loaded() {
        return inMemory;
    }

    /** Has a model in memory when it returns; false if it does not have it. */
    boolean load(String model) {
        if (!models.contains(model)) {
            downloads.add(model);
            return false;
        }
        loading.lock();
        try {
            if (!loaded().equals(Optional.of(model))) {
                loadGate.pass(server().stopped());
                loads.add(model);
                inMemory = Optional.of(model);
            }
            return true;
        } finally {
            loading.unlock();
        }
    }

    void unload() {
        loading.lock();
        try {
            inMemory = Optional.empty();
        } finally {
            loading.unlock();
        }
    }
}
