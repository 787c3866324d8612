package dev.signalbox.backend.llamacpp;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.llamacpp.Listed.State;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.ModelCatalog;
import java.util.Optional;

/** Asks about one model. A router tells much only of those that are loaded. Any thread may use it. */
record Catalog(Endpoints endpoints) implements ModelCatalog {

    @Override
    public Optional<ModelInfo> describe(String model, Deadline deadline) throws BackendException, InterruptedException {
        Facts facts = endpoints.facts(Endpoints.ITSELF, deadline);
        Optional<Listed> listed = endpoints.model(model, deadline);
        if (listed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(facts.isRouter() ? ofRouter(listed.get(), deadline) : ofServer(listed.get(), facts));
    }

    /** What a server with one model tells of it. */
    static ModelInfo ofServer(Listed listed, Facts facts) {
        return facts.tell(listed.info()).withLoaded(!facts.isAsleep());
    }

    private ModelInfo ofRouter(Listed listed, Deadline deadline) throws BackendException, InterruptedException {
        Optional<Facts> facts = facts(listed, deadline);
        return facts.isPresent() ? facts.get().tell(listed.info()) : listed.info();
    }

    /** What the process of a model tells; empty if it has none, or has lost it since. */
    Optional<Facts> facts(Listed listed, Deadline deadline) throws BackendException, InterruptedException {
        if (listed.state() != State.LOADED) {
            return Optional.empty();
        }
        try {
            return Optional.of(endpoints.facts(Endpoints.about(listed.name()), deadline));
        } catch (BackendException failed) {
            return switch (failed.kind()) {
                case MODEL_UNAVAILABLE, LOADING, SERVER_ERROR, REJECTED -> Optional.empty();
                case UNREACHABLE -> {
                    if (failed.failure().status() == 0) {
                        throw failed;
                    }
                    yield Optional.empty(); // the router is there and its process is not
                }
                default -> throw failed;
            };
        }
    }
}
