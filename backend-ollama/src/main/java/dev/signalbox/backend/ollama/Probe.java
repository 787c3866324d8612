package dev.signalbox.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks what an Ollama has, and what of it is in memory. For one thread at a time, as a backend's probe is. */
final class Probe {

    private final Upstream upstream;
    private final Optional<Set<Dialect>> said;
    private final Descriptions descriptions;

    Probe(Upstream upstream, Optional<Set<Dialect>> said) {
        this.upstream = upstream;
        this.said = said;
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
                    .withDialects(said.orElseGet(() -> spoken(version)))
                    .withDetail(detail(version, all.size() - local.size()));
        } catch (BackendException failed) {
            throw failed.failure().status() == 403 ? wrongHost(failed) : failed;
        }
    }

    private List<ModelInfo> offered(List<Installed> local, List<Loaded> loaded) {
        List<ModelInfo> models = new ArrayList<>();
        for (Installed model : local) {
            ModelInfo told = descriptions.of(model).tell(model.info());
            models.add(loaded.stream()
                    .filter(one -> Names.same(one.name(), model.name()))
                    .findFirst()
                    .map(one -> one.tell(told))
                    .orElseGet(() -> told.withLoaded(false)));
        }
        return models;
    }

    private static Set<Dialect> spoken(Version version) {
        Set<Dialect> spoken = new HashSet<>(OllamaBackend.DIALECTS);
        if (!version.isAtLeast(0, 13, 3)) {
            spoken.remove(Dialect.OPENAI_RESPONSES);
        }
        if (!version.isAtLeast(0, 14, 0)) {
            spoken.remove(Dialect.ANTHROPIC_MESSAGES);
        }
        return spoken;
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
