package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A configured backend that is alive, with what is known of it. Any thread may ask. */
final class Member {

    private final BackendSettings settings;
    private final Backend backend;
    private final String host;
    private final AtomicReference<Known> known = new AtomicReference<>(Known.NOTHING);

    Member(BackendSettings settings, Backend backend) {
        this.settings = settings;
        this.backend = backend;
        this.host = Hosts.nameOf(settings.host().or(backend::host).orElse(settings.name()));
    }

    String name() {
        return settings.name();
    }

    BackendSettings settings() {
        return settings;
    }

    Backend backend() {
        return backend;
    }

    String host() {
        return host;
    }

    Known known() {
        return known.get();
    }

    /** Learns what a probe saw; returns what was known before. */
    Known learn(java.util.function.UnaryOperator<Known> change) {
        return known.getAndUpdate(change);
    }

    /** Whether its list of models was read, or is not needed to know what it offers. */
    boolean listed() {
        return known().models().isPresent() || settings.anyModel() || !settings.models().isEmpty();
    }

    /** The model that a name means, with all that is known of it; empty if it is not offered, as far as is known. */
    Optional<ModelInfo> find(String asked) {
        ModelInfo exact = models().get(asked);
        if (exact != null) {
            return Optional.of(exact);
        }
        Optional<ModelInfo> meant = models().values().stream()
                .filter(model -> backend.means(asked, model.name()))
                .findFirst();
        return meant.or(() -> settings.anyModel() ? Optional.of(described(ModelInfo.named(asked))) : Optional.empty());
    }

    /** Everything it offers by name: what configuration says first, then what it lists. */
    Map<String, ModelInfo> models() {
        Map<String, ModelInfo> all = new LinkedHashMap<>();
        List<ModelInfo> read = known().models().orElse(List.of());
        settings.models().values().forEach(said -> all.put(said.name(), described(said)));
        for (ModelInfo model : read) {
            all.merge(model.name(), described(model), ModelInfo::orElse);
        }
        return all;
    }

    /** The targets it offers. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        models().keySet().forEach(model -> targets.add(new Target(name(), model)));
        return targets;
    }

    /** Whether it speaks a dialect for that model, as far as is known. */
    boolean speaks(Dialect dialect, ModelInfo model) {
        boolean server = known().dialects().orElse(backend.dialects()).contains(dialect)
                && backend.dialects().contains(dialect);
        return server && (model.dialects().isEmpty() || model.dialects().contains(dialect));
    }

    /** How one of its models is: as the model itself says, else as the server is. */
    Candidate.Status status(ModelInfo model) {
        Known now = known();
        boolean decides = now.state() == BackendState.DOWN || model.state() == BackendState.UNKNOWN;
        return new Candidate.Status(decides ? now.state() : model.state(), model, now.load());
    }

    private ModelInfo described(ModelInfo model) {
        return model.orElse(new ModelInfo(
                model.name(),
                java.util.OptionalLong.empty(),
                settings.capabilities(),
                Optional.empty(),
                java.util.OptionalLong.empty(),
                java.util.OptionalLong.empty(),
                BackendState.UNKNOWN,
                java.util.Set.of()));
    }
}
