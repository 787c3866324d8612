package dev.signalbox.backend.vllm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.ListRefusal;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.LoadSignal;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Looks how a vLLM is, what it serves and how busy it is. For one thread at a time, as a backend's probe is. */
final class Probe {

    private static final int LONGEST_VERSION = 40;

    private final Upstream upstream;
    private final Metrics metrics;
    private final Sleep sleep;
    private final boolean clientsKey;
    private Optional<Described> described = Optional.empty();

    /** The routes of a server that says so much of itself; they change only with that. */
    private record Described(String version, List<String> models, Optional<Routes> routes) {}

    Probe(Upstream upstream, Metrics metrics, Sleep sleep, boolean clientsKey) {
        this.upstream = upstream;
        this.metrics = metrics;
        this.sleep = sleep;
        this.clientsKey = clientsKey;
    }

    BackendStatus look(Deadline deadline) throws BackendException, InterruptedException {
        boolean well = isWell(deadline);
        List<ModelInfo> listed;
        try {
            listed = Listing.read(upstream.get(upstream.baseUrl().api("/models"), deadline));
        } catch (BackendException refused) {
            String reason = ListRefusal.reason(refused, clientsKey);
            return BackendStatus.of(well ? BackendState.READY : BackendState.UNKNOWN)
                    .withDetail(reason);
        }
        return status(listed, deadline);
    }

    private BackendStatus status(List<ModelInfo> listed, Deadline deadline)
            throws BackendException, InterruptedException {
        String version = version(deadline);
        Optional<Routes> routes = routes(version, listed, deadline);
        boolean asleep =
                Told.of(() -> sleep.look(deadline)).flatMap(seen -> seen).orElse(false);
        Optional<LoadSignal.Load> load = Told.of(() -> metrics.load(deadline));
        List<ModelInfo> models = listed.stream()
                .map(model -> routes.map(some -> some.tell(model)).orElse(model).withLoaded(!asleep))
                .toList();
        BackendStatus status = BackendStatus.ready(models).withDetail(asleep ? (version + " asleep").strip() : version);
        status = routes.isPresent() ? status.withDialects(routes.get().spoken()) : status;
        return load.isPresent() ? status.withLoad(load.get()) : status;
    }

    /** Whether it says so; where a proxy lets nothing but {@code /v1} pass, nobody does. */
    private boolean isWell(Deadline deadline) throws BackendException, InterruptedException {
        try {
            upstream.text(root("/health"), deadline);
            return true;
        } catch (BackendException failed) {
            return switch (failed.failure().status()) {
                case 404, 405 -> false;
                case 503 ->
                    throw new BackendException(
                            failed.failure().as(FailureKind.UNREACHABLE), failed); // the engine is dead, or ends
                default -> throw failed;
            };
        }
    }

    private String version(Deadline deadline) throws BackendException, InterruptedException {
        String version = Told.of(() -> upstream.get(root("/version"), deadline))
                .map(answer -> answer.path("version").asText(""))
                .orElse("");
        return version.length() <= LONGEST_VERSION ? version : version.substring(0, LONGEST_VERSION);
    }

    private Optional<Routes> routes(String version, List<ModelInfo> listed, Deadline deadline)
            throws BackendException, InterruptedException {
        List<String> models = listed.stream().map(ModelInfo::name).toList();
        Optional<Described> same = described.filter(
                last -> last.version().equals(version) && last.models().equals(models));
        if (same.isPresent()) {
            return same.get().routes();
        }
        Optional<JsonNode> description = Told.of(() -> upstream.get(root("/openapi.json"), deadline));
        Optional<Routes> routes = description.flatMap(Routes::read);
        described = Optional.of(new Described(version, models, routes));
        return routes;
    }

    private URI root(String path) {
        return upstream.baseUrl().root(path);
    }
}
