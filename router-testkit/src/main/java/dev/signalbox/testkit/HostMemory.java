package dev.signalbox.testkit;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The memory of a {@link ScriptedHost}: what models take of it, and which are loaded. Guarded by the host's lock. */
final class HostMemory {

    /** A model that a server has: what it takes, and what is told of it. */
    record Model(Target target, long bytes, ModelInfo told) {}

    /** A model that is loaded: what it takes with its context. */
    record Loaded(long bytes, long context) {}

    private final long size;
    private final Map<Target, Model> models = new LinkedHashMap<>();
    private final Map<Target, Loaded> resident = new LinkedHashMap<>();
    private long mostContext = Long.MAX_VALUE;

    HostMemory(long size) {
        this.size = size;
    }

    long size() {
        return size;
    }

    /** No model gets a larger context, whatever is wished. */
    void mostContext(long tokens) {
        mostContext = tokens;
    }

    void offer(Model model) {
        models.put(model.target(), model);
    }

    List<Model> offered() {
        return List.copyOf(models.values());
    }

    Map<Target, Loaded> resident() {
        return new LinkedHashMap<>(resident);
    }

    boolean holds(Target target) {
        return resident.containsKey(target);
    }

    /** Whether it is there with the context that is wished, as far as there is one. */
    boolean holds(Target target, long wanted) {
        return context(target) == Math.min(wanted, mostContext);
    }

    long context(Target target) {
        return Optional.ofNullable(resident.get(target)).map(Loaded::context).orElse(0L);
    }

    long bytes(Target target) {
        return Optional.ofNullable(models.get(target)).map(Model::bytes).orElse(0L);
    }

    long used() {
        return resident.values().stream().mapToLong(Loaded::bytes).sum();
    }

    /** Those are gone. */
    boolean drop(Predicate<Target> which) {
        return resident.keySet().removeIf(which);
    }

    /** Loads it, if it fits; whether it does. What it takes beyond the usual context its model tells. */
    boolean load(Target target, long wanted) {
        long context = Math.min(wanted, mostContext);
        long bytes = bytes(target) + tokenBytes(target) * Math.max(0, context - ScriptedHost.USUAL_CONTEXT);
        boolean fits = used() + bytes <= size;
        if (fits) {
            resident.put(target, new Loaded(bytes, context));
        }
        return fits;
    }

    private long tokenBytes(Target target) {
        return Optional.ofNullable(models.get(target))
                .map(model -> model.told().tokenBytes().orElse(0))
                .orElse(0L);
    }
}
