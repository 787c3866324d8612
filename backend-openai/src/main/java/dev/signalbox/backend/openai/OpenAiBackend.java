package dev.signalbox.backend.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.DialectPaths;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.backend.http.ListRefusal;
import dev.signalbox.backend.http.ModelLists;
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
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server that speaks the API of OpenAI. */
final class OpenAiBackend implements Backend {

    private final Upstream upstream;
    private final Preset preset;
    private final boolean clientsKey;
    private final Map<Dialect, URI> addresses;
    private final Optional<URI> health;
    private final URI models;
    private final List<Quirk> refusing;

    private OpenAiBackend(Upstream upstream, Preset preset, boolean clientsKey) {
        this.upstream = upstream;
        this.preset = preset;
        this.clientsKey = clientsKey;
        this.addresses = DialectPaths.of(upstream.baseUrl(), preset.dialects());
        this.health = preset.health().map(path -> upstream.baseUrl().root(path));
        this.models = upstream.baseUrl().api("/models");
        this.refusing = preset.quirks().stream().filter(Quirk::refuses).toList();
    }

    static OpenAiBackend of(PluginConfig config, PluginContext context) {
        Preset preset = Presets.read(config);
        return new OpenAiBackend(
                new Upstream(config, context, preset.rules()),
                preset,
                config.get(HttpOptions.CREDENTIALS) == Credentials.CLIENT);
    }

    @Override
    public Set<Dialect> dialects() {
        return preset.dialects();
    }

    @Override
    public List<Edit> edits(RequestView request, String model) {
        List<Edit> edits = new ArrayList<>(upstream.edits(request));
        preset.quirks().forEach(quirk -> edits.addAll(quirk.edits(request)));
        return edits;
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
        for (Quirk quirk : refusing) {
            Optional<String> reason = quirk.refusal(call.request());
            if (reason.isPresent()) {
                throw new BackendException(FailureKind.UNSUPPORTED, reason.get());
            }
        }
        URI usual = addresses.get(call.dialect());
        if (usual == null) {
            throw new BackendException(FailureKind.UNSUPPORTED, "the server does not take " + call.dialect());
        }
        return upstream.exchange(call, usual);
    }

    @Override
    public Failure read(int status, String error) {
        return upstream.read(status, error);
    }

    @Override
    public Optional<String> host() {
        return upstream.host();
    }

    /** First its health, if it tells, then its models; a server without a list of models may be well all the same. */
    @Override
    public BackendStatus probe(Deadline deadline) throws BackendException, InterruptedException {
        if (health.isPresent()) {
            upstream.text(health.get(), deadline);
        }
        JsonNode list;
        try {
            list = upstream.get(models, deadline);
        } catch (BackendException refused) {
            String reason = ListRefusal.reason(refused, clientsKey);
            // a health path that was answered says that it is well
            return BackendStatus.of(health.isPresent() ? BackendState.READY : BackendState.UNKNOWN)
                    .withDetail(reason);
        }
        BackendStatus status = BackendStatus.ready(
                ModelLists.openAi(list).stream().map(this::known).toList());
        return preset.signs().isEmpty() ? status : status.withDialects(spoken(deadline));
    }

    /** What it takes without those dialects that only newer ones do, where it shows that it is older. */
    private Set<Dialect> spoken(Deadline deadline) throws InterruptedException {
        Set<Preset.Sign> missing = new HashSet<>();
        for (Preset.Sign sign : new HashSet<>(preset.signs().values())) {
            if (!shows(sign, deadline)) {
                missing.add(sign);
            }
        }
        Set<Dialect> spoken = new HashSet<>(preset.dialects());
        preset.signs().forEach((dialect, sign) -> {
            if (missing.contains(sign)) {
                spoken.remove(dialect);
            }
        });
        return spoken;
    }

    private boolean shows(Preset.Sign sign, Deadline deadline) throws InterruptedException {
        try {
            return upstream.get(upstream.baseUrl().root(sign.path()), deadline).has(sign.member());
        } catch (BackendException failed) {
            return failed.kind() == FailureKind.UNAUTHORIZED; // it is there, for somebody with a key
        }
    }

    private ModelInfo known(ModelInfo listed) {
        ModelInfo model = listed;
        for (Map.Entry<Capability, Support> each : preset.capabilities().entrySet()) {
            model = model.with(each.getKey(), each.getValue());
        }
        return model;
    }

    @Override
    public void close() {
        upstream.close();
    }

    /** The type and where it listens. */
    @Override
    public String toString() {
        return "openai at " + upstream.baseUrl().root();
    }
}
