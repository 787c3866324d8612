package dev.signalbox.backend.ollama;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.http.DialectPaths;
import dev.signalbox.backend.http.ErrorRule;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.backend.http.Stateless;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An Ollama: its own API behind {@code /api}, and those of OpenAI and Anthropic behind {@code /v1}. */
final class OllamaBackend implements Backend {

    static final Set<Dialect> DIALECTS = Set.of(
            Dialect.OPENAI_CHAT,
            Dialect.OPENAI_COMPLETIONS,
            Dialect.OPENAI_EMBEDDINGS,
            Dialect.OPENAI_RESPONSES,
            Dialect.ANTHROPIC_MESSAGES,
            Dialect.OLLAMA_CHAT,
            Dialect.OLLAMA_GENERATE,
            Dialect.OLLAMA_EMBED,
            Dialect.OLLAMA_EMBEDDINGS);

    private static final ErrorRules RULES = ErrorRules.shared()
            .preceded(ErrorRule.says(
                    FailureKind.UNSUPPORTED,
                    "image urls are not currently supported",
                    "only base64 images are supported"));

    private final Upstream upstream;
    private final Optional<KeepAlive> keepAlive;
    private final NumCtx contexts;
    private final Set<Dialect> dialects;
    private final Map<Dialect, URI> addresses;
    private final Probe probe;
    private final Lifecycle lifecycle;

    private OllamaBackend(Upstream upstream, Optional<KeepAlive> keepAlive, NumCtx contexts, Spoken spoken) {
        this.upstream = upstream;
        this.keepAlive = keepAlive;
        this.contexts = contexts;
        this.dialects = spoken.byType();
        this.addresses = DialectPaths.of(upstream.baseUrl(), DIALECTS);
        this.probe = new Probe(upstream, spoken, contexts);
        this.lifecycle = new Lifecycle(upstream, keepAlive, contexts);
    }

    static OllamaBackend of(PluginConfig config, PluginContext context) {
        return new OllamaBackend(
                new Upstream(config, context, RULES), KeepAlive.read(config), NumCtx.read(config), Spoken.read(config));
    }

    @Override
    public Set<Dialect> dialects() {
        return dialects;
    }

    @Override
    public List<Edit> edits(RequestView request, String model) {
        List<Edit> edits = new ArrayList<>(upstream.edits(request));
        switch (request.dialect().family()) {
            case "openai" -> edits.addAll(OpenAiEdits.of(request));
            case "anthropic" -> edits.addAll(MessagesEdits.of(request));
            default -> {
                keepAlive.ifPresent(time -> edits.addAll(time.edits(request)));
                edits.addAll(contexts.edits(request, model));
            }
        }
        return edits;
    }

    /** Its other APIs have no word for it. */
    @Override
    public OptionalLong contextWanted(RequestView request, Dialect dialect, String model) {
        return dialect.family().equals("ollama") ? contexts.wanted(request, model) : OptionalLong.empty();
    }

    @Override
    public boolean means(String asked, String listed) {
        return Names.same(asked, listed);
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
        URI usual = addresses.get(call.dialect());
        if (usual == null) {
            throw new BackendException(FailureKind.UNSUPPORTED, "Ollama does not take " + call.dialect());
        }
        Stateless.check(call);
        return upstream.exchange(call, usual);
    }

    @Override
    public Failure read(int status, String error) {
        return upstream.read(status, error);
    }

    @Override
    public BackendStatus probe(Deadline deadline) throws BackendException, InterruptedException {
        return probe.look(deadline);
    }

    @Override
    public <A> Optional<A> ability(Class<A> type) {
        return type == ModelLifecycle.class ? Optional.of(type.cast(lifecycle)) : Optional.empty();
    }

    @Override
    public Optional<String> host() {
        return upstream.host();
    }

    @Override
    public void close() {
        upstream.close();
    }

    /** The type and where it listens. */
    @Override
    public String toString() {
        return "ollama at " + upstream.baseUrl().root();
    }
}
