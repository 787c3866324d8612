package dev.signalbox.backend.llamacpp;

import static dev.signalbox.backend.http.ErrorRule.says;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.frame.Framing;
import dev.signalbox.backend.http.DialectPaths;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.backend.http.SaidDialects;
import dev.signalbox.backend.http.Stateless;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.ModelCatalog;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.TokenCounter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A llama-server, with one model or in router mode: which of them it is, it tells itself. */
final class LlamaCppBackend implements Backend {

    static final Set<Dialect> DIALECTS = Set.of(
            Dialect.OPENAI_CHAT,
            Dialect.OPENAI_COMPLETIONS,
            Dialect.OPENAI_EMBEDDINGS,
            Dialect.OPENAI_RESPONSES,
            Dialect.OPENAI_RERANK,
            Dialect.ANTHROPIC_MESSAGES);

    /** Several mistakes of clients, and what only its templates cannot do, come as 500. */
    private static final ErrorRules RULES = ErrorRules.shared()
            .preceded(says(FailureKind.UNSUPPORTED, "this feature is disabled", "feature_disabled"))
            .followed(
                    says(
                                    FailureKind.UNSUPPORTED,
                                    "requires --jinja",
                                    "provide the mmproj",
                                    "cannot use tools with stream",
                                    "jinja exception",
                                    "conversation roles must alternate")
                            .under(500),
                    says(
                                    FailureKind.REJECTED,
                                    "failed to parse messages",
                                    "failed to parse tools",
                                    "failed to parse grammar",
                                    "\"prompt\" must be",
                                    "must be provided",
                                    "is required",
                                    "invalid type of")
                            .under(500));

    private final Upstream upstream;
    private final boolean joins;
    private final Set<Dialect> dialects;
    private final Map<Dialect, URI> addresses;
    private final Probe probe;
    private final Map<Class<?>, Object> abilities;

    private LlamaCppBackend(Upstream upstream, PluginConfig config, PluginContext context) {
        this.upstream = upstream;
        this.joins = config.get(LlamaCppBackendFactory.STREAM_WHOLE_ANSWERS);
        Optional<Set<Dialect>> said = SaidDialects.read(config, LlamaCppBackendFactory.DIALECTS, DIALECTS);
        this.dialects = said.orElse(DIALECTS);
        this.addresses = DialectPaths.of(upstream.baseUrl(), DIALECTS);
        Endpoints endpoints = new Endpoints(upstream);
        Occupancy occupancy = new Occupancy(endpoints, context);
        this.probe = new Probe(endpoints, occupancy, said, config.get(HttpOptions.CREDENTIALS) == Credentials.CLIENT);
        this.abilities = Map.of(
                ModelCatalog.class, new Catalog(endpoints),
                ModelLifecycle.class, new Lifecycle(endpoints, occupancy),
                LoadSignal.class, occupancy,
                TokenCounter.class, new Counter(endpoints));
    }

    static LlamaCppBackend of(PluginConfig config, PluginContext context) {
        ConversationId.refuse(config);
        return new LlamaCppBackend(new Upstream(config, context, RULES), config, context);
    }

    @Override
    public Set<Dialect> dialects() {
        return dialects;
    }

    @Override
    public List<Edit> edits(RequestView request, String model) {
        List<Edit> edits = new ArrayList<>(upstream.edits(request));
        if (joins) {
            edits.addAll(AsStream.of(request));
        }
        return edits;
    }

    @Override
    public boolean means(String asked, String listed) {
        return asked.equals(listed)
                || FileNames.modelOf(asked).equals(listed)
                || probe.nameOf(asked).equals(listed);
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
        URI usual = addresses.get(call.dialect());
        if (usual == null) {
            throw new BackendException(FailureKind.UNSUPPORTED, "llama-server is not asked for " + call.dialect());
        }
        Stateless.check(call);
        BackendReply reply = upstream.exchange(call, usual);
        if (call.streamed() || !isStream(reply)) {
            return reply;
        }
        return Joining.of(call.dialect())
                .<BackendReply>map(answer -> new JoinedReply(reply, answer, upstream::read))
                .orElse(reply);
    }

    private static boolean isStream(BackendReply reply) {
        return reply.headers()
                .first("Content-Type")
                .flatMap(Framing::of)
                .filter(Framing.SSE::equals)
                .isPresent();
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
        return "llamacpp at " + upstream.baseUrl().root();
    }
}
