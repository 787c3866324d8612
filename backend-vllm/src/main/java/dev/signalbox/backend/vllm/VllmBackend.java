package dev.signalbox.backend.vllm;

import static dev.signalbox.backend.http.ErrorRule.says;
import static dev.signalbox.backend.http.ErrorRule.status;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.DialectPaths;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.backend.http.MessageEdits;
import dev.signalbox.backend.http.SaidDialects;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.TokenCounter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A vLLM. */
final class VllmBackend implements Backend {

    /** A path it does not have is one that its model or its version is not for. */
    private static final ErrorRules RULES = ErrorRules.shared()
            .preceded(
                    says(FailureKind.REJECTED, "response with id").under(404),
                    says(FailureKind.MODEL_UNAVAILABLE, "does not exist").under(404),
                    status(FailureKind.UNSUPPORTED, 404),
                    says(
                                    FailureKind.UNSUPPORTED,
                                    "is not a multimodal model",
                                    "at most 0 *may be provided",
                                    "must provide a chat template")
                            .under(400));

    private final Upstream upstream;
    private final Optional<Set<Dialect>> said;
    private final boolean fits;
    private final boolean clientsKey;
    private final Map<Dialect, URI> addresses;
    private final Sleep sleep;
    private final Probe probe;
    private final Map<Class<?>, Object> abilities;
    private volatile Map<String, OptionalLong> contexts = Map.of();

    private VllmBackend(Upstream upstream, Optional<Set<Dialect>> said, boolean fits, boolean clientsKey) {
        this.upstream = upstream;
        this.said = said;
        this.fits = fits;
        this.clientsKey = clientsKey;
        this.addresses = DialectPaths.of(upstream.baseUrl(), Routes.known());
        Metrics metrics = new Metrics(upstream);
        this.sleep = new Sleep(upstream, metrics);
        this.probe = new Probe(upstream, metrics, sleep, clientsKey);
        this.abilities = Map.of(
                LoadSignal.class, metrics, ModelLifecycle.class, sleep, TokenCounter.class, new Tokens(upstream));
    }

    static VllmBackend of(PluginConfig config, PluginContext context) {
        return new VllmBackend(
                new Upstream(config, context, RULES),
                SaidDialects.read(config, VllmBackendFactory.DIALECTS, Routes.known()),
                config.get(VllmBackendFactory.FIT_MAX_TOKENS),
                config.get(HttpOptions.CREDENTIALS) == Credentials.CLIENT);
    }

    @Override
    public Set<Dialect> dialects() {
        return said.orElseGet(Routes::known);
    }

    @Override
    public List<Edit> edits(RequestView request, String model) {
        List<Edit> edits = new ArrayList<>(upstream.edits(request));
        edits.addAll(Edits.withoutNulls(request));
        if (request.dialect().equals(Dialect.OPENAI_CHAT)) {
            edits.addAll(MessageEdits.of(request).developerAsSystem());
        }
        if (fits) {
            edits.addAll(Fit.edits(request, contexts.getOrDefault(model, OptionalLong.empty())));
        }
        return edits;
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
        URI usual = addresses.get(call.dialect());
        if (usual == null) {
            throw new BackendException(FailureKind.UNSUPPORTED, "vLLM does not take " + call.dialect());
        }
        if (sleep.keepsFromAnswering(call.deadline())) {
            throw new BackendException(FailureKind.MODEL_UNAVAILABLE, "it sleeps; POST /wake_up wakes it up");
        }
        return upstream.exchange(clientsKey ? Bearer.only(call) : call, usual);
    }

    @Override
    public Failure read(int status, String error) {
        return upstream.read(status, error);
    }

    @Override
    public BackendStatus probe(Deadline deadline) throws BackendException, InterruptedException {
        BackendStatus seen = probe.look(deadline);
        BackendStatus status = said.map(seen::withDialects).orElse(seen);
        status.models().ifPresent(this::remember);
        return status;
    }

    private void remember(List<ModelInfo> models) {
        Map<String, OptionalLong> now = new HashMap<>();
        models.forEach(model -> now.put(model.name(), model.contextTokens()));
        contexts = now;
    }

    @Override
    public <A> Optional<A> ability(Class<A> type) {
        return Optional.ofNullable(abilities.get(type)).map(type::cast);
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
        return "vllm at " + upstream.baseUrl().root();
    }
}
