package dev.signalbox.backend.anthropic;

import static dev.signalbox.backend.http.ErrorRule.says;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.http.DialectPaths;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.backend.http.KeyPlace;
import dev.signalbox.backend.http.ListRefusal;
import dev.signalbox.backend.http.MessageEdits;
import dev.signalbox.backend.http.MessagesCounter;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
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

/** Anthropic, or a server that speaks its API. Requests and replies pass as they are. */
final class AnthropicBackend implements Backend {

    private static final Set<Dialect> DIALECTS = Set.of(Dialect.ANTHROPIC_MESSAGES, Dialect.ANTHROPIC_COUNT_TOKENS);

    /** An error inside a stream has no status, so its type tells. */
    private static final ErrorRules RULES = ErrorRules.shared()
            .preceded(
                    says(FailureKind.UNAUTHORIZED, "credit balance is too low").under(400),
                    says(FailureKind.CONTEXT_OVERFLOW, "exceed context limit").under(400))
            .followed(
                    says(FailureKind.OVERLOADED, "rate_limit_error").under(200),
                    says(FailureKind.TIMED_OUT, "timeout_error").under(200),
                    says(FailureKind.REJECTED, "invalid_request_error").under(200));

    private final Upstream upstream;
    private final Release release;
    private final boolean clientsKey;
    private final Map<Dialect, URI> addresses;
    private final Models models;
    private final TokenCounter counter;

    private AnthropicBackend(Upstream upstream, Release release, boolean clientsKey) {
        this.upstream = upstream;
        this.release = release;
        this.clientsKey = clientsKey;
        this.addresses = DialectPaths.of(upstream.baseUrl(), DIALECTS);
        this.models = new Models(upstream, release);
        this.counter = MessagesCounter.of(upstream, release::beside);
    }

    static AnthropicBackend of(PluginConfig config, PluginContext context) {
        return new AnthropicBackend(
                new Upstream(config, context, RULES, KeyPlace.X_API_KEY),
                Release.read(config),
                config.get(HttpOptions.CREDENTIALS) == Credentials.CLIENT);
    }

    @Override
    public Set<Dialect> dialects() {
        return DIALECTS;
    }

    @Override
    public List<Edit> edits(RequestView request, String model) {
        List<Edit> edits = new ArrayList<>(upstream.edits(request));
        edits.addAll(MessageEdits.of(request).withoutUnsignedThoughts());
        return edits;
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
        URI usual = addresses.get(call.dialect());
        if (usual == null) {
            throw new BackendException(FailureKind.UNSUPPORTED, "Anthropic does not take " + call.dialect());
        }
        return upstream.exchange(clientsKey ? ClientKey.placed(call) : call, usual, release.beside(call.headers()));
    }

    @Override
    public Failure read(int status, String error) {
        return upstream.read(status, error);
    }

    @Override
    public BackendStatus probe(Deadline deadline) throws BackendException, InterruptedException {
        try {
            return BackendStatus.ready(models.list(deadline));
        } catch (BackendException refused) {
            String reason = ListRefusal.reason(refused, clientsKey);
            return BackendStatus.of(BackendState.UNKNOWN).withDetail(reason);
        }
    }

    @Override
    public <A> Optional<A> ability(Class<A> type) {
        return type == TokenCounter.class ? Optional.of(type.cast(counter)) : Optional.empty();
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
        return "anthropic at " + upstream.baseUrl().root();
    }
}
