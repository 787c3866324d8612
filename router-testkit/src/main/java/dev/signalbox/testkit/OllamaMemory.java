package dev.signalbox.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** How much memory a scripted Ollama has for models, and what was done with it. */
final class OllamaMemory {

    private static final double GIBI = 1L << 30;

    private final long bytes;
    private final long bytesAMilli;
    private final ConcurrentHashMap<String, Gate> gates = new ConcurrentHashMap<>(); // by model, of its last load
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Set<String>> companies = new ArrayList<>(); // both guarded by lock
    private int refused;

    OllamaMemory(long bytes, long bytesAMilli) {
        this.bytes = bytes;
        this.bytesAMilli = bytesAMilli;
    }

    /** What it says to a model that does not fit beside those that are loaded; empty if it fits. */
    Optional<String> refusal(OllamaModel model, Collection<OllamaModel> loaded) {
        long free = bytes - loaded.stream().mapToLong(OllamaModel::memory).sum();
        lock.lock();
        try {
            if (model.memory() > free) {
                refused++;
                return Optional.of(String.format(
                        Locale.ROOT,
                        "model requires more system memory (%.1f GiB) than is available (%.1f GiB)",
                        model.memory() / GIBI,
                        free / GIBI));
            }
            List<String> names =
                    new ArrayList<>(loaded.stream().map(OllamaModel::name).toList());
            names.add(model.name());
            companies.add(Set.copyOf(names));
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Loading begins, and takes its time. */
    void load(OllamaModel model) {
        Gate gate = Gate.closed();
        gates.put(model.name(), gate);
        CompletableFuture.delayedExecutor(model.memory() / bytesAMilli, TimeUnit.MILLISECONDS)
                .execute(gate::open);
    }

    /** Open as soon as the model is loaded. */
    Gate loaded(OllamaModel model) {
        return gates.getOrDefault(model.name(), Gate.opened());
    }

    List<Set<String>> companies() {
        lock.lock();
        try {
            return List.copyOf(companies);
        } finally {
            lock.unlock();
        }
    }

    int refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }
}
