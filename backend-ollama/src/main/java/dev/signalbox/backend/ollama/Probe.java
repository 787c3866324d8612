package dev.signalbox.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Looks what an Ollama has, and what of it is in memory. For one thread at a time, as a backend's probe is. */
final class Probe {

    private final Upstream upstream;
    private final Spoken spoken;
    private final NumCtx contexts;
    private final Descriptions descriptions;

    Probe(Upstream upstream, Spoken spoken, NumCtx contexts) {
        this.upstream = upstream;
        this.spoken = spoken;
        this.contexts = contexts;
        this.descriptions = new Descriptions(upstream);
    }

    BackendStatus look(Deadline deadline) throws BackendException, InterruptedException {
        try {
            List<Installed> all = Installed.read(get("/api/tags", deadline));
            List<Loaded> loaded = Loaded.read(get("/api/ps", deadline));
            Version version = Version.read(get("/api/version", deadline));
            List<Installed> local =
                    all.stream().filter(model -> !model.isElsewhere()).toList();
            descriptions.learn(local, deadline);
            return BackendStatus.ready(offered(local, loaded))
                    .withDialects(spoken.by(version))
                    .withDetail(detail(version, all.size() - local.size()));
        } catch (BackendException failed) {
            throw failed.failure().status() == 403 ? wrongHost(failed) : failed;
        }
    }

    private List<ModelInfo> offered(List<Installed> local, List<Loaded> loaded) {
        List<ModelInfo> models = new ArrayList<>();
        for (Installed model : local) {
            Description description = descriptions.of(model);
            ModelInfo told = description.tell(model.info());
            ModelInfo seen = loaded.stream()
                    .filter(one -> Names.same(one.name(), model.name()))
                    .findFirst()
                    .map(one -> one.tell(told))
                    .orElseGet(() -> told.withLoaded(false));
            OptionalLong wanted = contexts.of(model.name());
            models.add(wanted.isPresent() ? seen.withContext(description.fitting(wanted.getAsLong())) : seen);
        }
        return models;
    }

    /** What runs on somebody else's machine is not offered: whoever configured this server did not ask for that. */
    private static String detail(Version version, int elsewhere) {
        return elsewhere == 0
                ? version.text()
                : "%s; %d %s of a cloud, offered only under `models:`"
                        .formatted(version.text(), elsewhere, elsewhere == 1 ? "model" : "models");
    }

    private JsonNode get(String path, Deadline deadline) throws BackendException, InterruptedException {
        return upstream.get(upstream.baseUrl().root(path), deadline);
    }

    private static BackendException wrongHost(BackendException refused) {
        Failure failure = refused.failure();
        return new BackendException(
                new Failure(
                        FailureKind.UNAUTHORIZED,
                        failure.status(),
                        failure.code(),
                        "Ollama refuses requests under this host name (status 403): name it by its IP address, or set"
                                + " OLLAMA_HOST=0.0.0.0 where it runs",
                        failure.retryAfter()),
                refused);
    }
}
