package dev.signalbox.backend.mlx;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.http.DialectPaths;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A server built on MLX. */
final class MlxBackend implements Backend {

    private final Upstream upstream;
    private final Set<Dialect> dialects;
    private final Map<Dialect, URI> addresses;
    private final Generations generations = new Generations();
    private final Probe probe;

    private MlxBackend(PluginConfig config, PluginContext context) {
        this.upstream = new Upstream(config, context, MlxErrors.RULES);
        this.probe = new Probe(upstream, config, generations, context);
        this.dialects = probe.flavor().map(Flavor::dialects).orElseGet(MlxBackend::anyDialect);
        this.addresses = DialectPaths.of(upstream.baseUrl(), dialects);
    }

    static MlxBackend of(PluginConfig config, PluginContext context) {
        return new MlxBackend(config, context);
    }

    @Override
    public Set<Dialect> dialects() {
        return dialects;
    }

    @Override
    public List<Edit> edits(RequestView request, String model) {
        List<Edit> edits = new ArrayList<>(upstream.edits(request));
        edits.addAll(Flavor.shared(request));
        probe.flavor().ifPresent(flavor -> edits.addAll(flavor.own(request)));
        return edits;
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
        URI usual = addresses.get(call.dialect());
        if (usual == null) {
            throw new BackendException(FailureKind.UNSUPPORTED, "the server does not take " + call.dialect());
        }
        Optional<String> refusal = probe.flavor().flatMap(flavor -> flavor.refusal(call.request()));
        if (refusal.isPresent()) {
            throw new BackendException(FailureKind.UNSUPPORTED, refusal.get());
        }
        return send(call, usual, generations.begin());
    }

    private BackendReply send(BackendCall call, URI usual, Generations.Generation generation)
            throws BackendException, InterruptedException {
        try {
            return new MlxReply(upstream.exchange(call, usual), generation);
        } catch (BackendException failed) {
            if (failed.kind() == FailureKind.TIMED_OUT) {
                generation.abandoned();
            } else {
                generation.ended();
            }
            throw MlxErrors.explained(failed, probe.flavor(), call.request());
        } catch (InterruptedException | RuntimeException stopped) {
            generation.abandoned();
            throw stopped;
        }
    }

    @Override
    public Failure read(int status, String error) {
        return MlxErrors.understood(upstream.read(status, error));
    }

    /** mlx_lm.server notices only when it writes, which is at the end of what is not streamed; others not even then. */
    @Override
    public boolean stopsOnClose() {
        return false;
    }

    /** Whichever of them it is. */
    @Override
    public boolean keepsOne() {
        return true;
    }

    @Override
    public BackendStatus probe(Deadline deadline) throws BackendException, InterruptedException {
        return probe.look(deadline);
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
        return "mlx at " + upstream.baseUrl().root();
    }

    private static Set<Dialect> anyDialect() {
        return Arrays.stream(Flavor.values())
                .flatMap(flavor -> flavor.dialects().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
