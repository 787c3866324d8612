package dev.signalbox.backend.llamacpp;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.llamacpp.Listed.State;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks what a llama-server is and has. For one thread at a time, as a backend's probe is, but for {@link #nameOf}. */
final class Probe {

    /** How many models a look asks about at most; the rest is for the next ones. */
    private static final int AT_ONCE = 16;

    private static final int MOST_NAMED = 3;

    /** How long something may take on which a look does not depend. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** What was learnt of a model while it was loaded, and by which process. */
    private record Learnt(String start, Facts facts) {}

    private final Endpoints endpoints;
    private final Catalog catalog;
    private final Occupancy occupancy;
    private final Optional<Set<Dialect>> said;
    private final boolean clientsKey;
    private final Map<String, Learnt> learnt = new HashMap<>(); // by name; no more than are listed
    private volatile Map<String, String> aliases = Map.of(); // what a name means, where it is not a model's own

    Probe(Endpoints endpoints, Occupancy occupancy, Optional<Set<Dialect>> said, boolean clientsKey) {
        this.endpoints = endpoints;
        this.catalog = new Catalog(endpoints);
        this.occupancy = occupancy;
        this.said = said;
        this.clientsKey = clientsKey;
    }

    /** The name under which a model is listed that was asked for by an alias; any thread may ask. */
    String nameOf(String asked) {
        return aliases.getOrDefault(asked, asked);
    }

    BackendStatus look(Deadline deadline) throws BackendException, InterruptedException {
        Facts facts;
        try {
            facts = endpoints.facts(Endpoints.ITSELF, deadline);
        } catch (BackendException failed) {
            return untold(failed, deadline);
        }
        Build build = new Build(facts.build());
        List<Listed> listed = endpoints.models(deadline);
        aliases = aliases(listed);
        List<ModelInfo> models = facts.isRouter()
                ? routed(listed, deadline)
                : listed.stream().map(model -> Catalog.ofServer(model, facts)).toList();
        Set<Dialect> spoken = said.orElseGet(() -> build.spoken(LlamaCppBackend.DIALECTS));
        BackendStatus status = BackendStatus.ready(models).withDialects(spoken).withDetail(detail(facts, listed));
        return withLoad(status, facts, listed, deadline);
    }

    private List<ModelInfo> routed(List<Listed> listed, Deadline deadline)
            throws BackendException, InterruptedException {
        learn(listed, deadline);
        List<ModelInfo> models = new ArrayList<>();
        for (Listed model : listed) {
            Optional<Learnt> known = Optional.ofNullable(learnt.get(model.name()));
            models.add(known.map(each -> each.facts().tell(model.info())).orElseGet(model::info));
        }
        return models;
    }

    /** Asks the processes that are new, and forgets what is not listed any more. */
    private void learn(List<Listed> listed, Deadline deadline) throws BackendException, InterruptedException {
        learnt.keySet().retainAll(listed.stream().map(Listed::name).collect(Collectors.toSet()));
        List<Listed> asked = listed.stream()
                .filter(model -> model.state() == State.LOADED && isNew(model))
                .limit(AT_ONCE)
                .toList();
        for (Listed model : asked) {
            try {
                catalog.facts(model, deadline.within(MOMENT))
                        .ifPresent(facts -> learnt.put(model.name(), new Learnt(model.start(), facts)));
            } catch (BackendException failed) {
                if (failed.kind() != FailureKind.TIMED_OUT) {
                    throw failed;
                }
                return; // its process hangs, and the others are for the next look
            }
        }
    }

    private boolean isNew(Listed model) {
        return Optional.ofNullable(learnt.get(model.name()))
                .filter(known -> known.start().equals(model.start()))
                .isEmpty();
    }

    /**
     * How busy it is is told where it can be, and soon: in the middle of a long prompt a server does not. Nothing depends
     * on it.
     */
    private BackendStatus withLoad(BackendStatus status, Facts facts, List<Listed> listed, Deadline deadline)
            throws InterruptedException {
        try {
            return status.withLoad(occupancy.of(facts, listed, deadline.within(MOMENT)));
        } catch (BackendException untold) {
            return status;
        }
    }

    private BackendStatus untold(BackendException failed, Deadline deadline)
            throws BackendException, InterruptedException {
        Failure failure = failed.failure();
        if (failed.kind() == FailureKind.LOADING) {
            return BackendStatus.of(BackendState.LOADING).withDetail("loading its model");
        }
        if (failure.status() == 401 && clientsKey) {
            endpoints.health(deadline);
            return BackendStatus.of(BackendState.READY)
                    .withDetail("it lists models to those with a key only: name them under `models:`");
        }
        throw switch (failure.status()) {
            case 401 ->
                said(failed, "it does not accept the key, see `api-key` (status 401: " + failure.message() + ")");
            case 404 ->
                said(
                        failed,
                        "it has no /props, so it is no llama-server; the type `openai` asks any server of that API");
            default -> failed;
        };
    }

    private static BackendException said(BackendException failed, String message) {
        Failure failure = failed.failure();
        return new BackendException(
                new Failure(failure.kind(), failure.status(), failure.code(), message, failure.retryAfter()), failed);
    }

    private static Map<String, String> aliases(List<Listed> listed) {
        Map<String, String> names = new HashMap<>();
        for (Listed model : listed) {
            model.aliases().forEach(alias -> names.putIfAbsent(alias, model.name()));
        }
        listed.forEach(model -> names.remove(model.name())); // a model's own name means itself
        return Map.copyOf(names);
    }

    private static String detail(Facts facts, List<Listed> listed) {
        List<String> words = new ArrayList<>();
        words.add(facts.build().isEmpty() ? "llama-server" : facts.build());
        if (facts.isRouter()) {
            long loaded = listed.stream().filter(Listed::isResident).count();
            words.add("router mode, %d of %d models loaded".formatted(loaded, listed.size()));
        }
        if (facts.isAsleep()) {
            words.add("asleep until it is asked");
        }
        List<String> failed = listed.stream()
                .filter(model -> model.exitCode() != 0)
                .limit(MOST_NAMED)
                .map(model -> "\"%s\" (exit code %d)".formatted(model.name(), model.exitCode()))
                .toList();
        if (!failed.isEmpty()) {
            words.add("failed to load or died: " + String.join(", ", failed));
        }
        return String.join("; ", words);
    }
}
