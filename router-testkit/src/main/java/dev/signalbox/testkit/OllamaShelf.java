package dev.signalbox.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Which models a scripted Ollama has, and which of them are in memory, on their way there or on their way out. */
final class OllamaShelf {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, OllamaModel> installed = new LinkedHashMap<>(); // all three guarded by lock
    private final Map<String, Integer> contexts = new LinkedHashMap<>();
    private final Map<String, Gate> leaving = new LinkedHashMap<>();

    void install(OllamaModel model) {
        lock.lock();
        try {
            installed.put(model.name(), model);
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            installed.clear();
            contexts.clear();
        } finally {
            lock.unlock();
        }
    }

    List<OllamaModel> installed() {
        lock.lock();
        try {
            return List.copyOf(installed.values());
        } finally {
            lock.unlock();
        }
    }

    /** Found whatever the case, and without the tag {@code latest}. */
    Optional<OllamaModel> find(String name) {
        return installed().stream()
                .filter(model ->
                        name.equalsIgnoreCase(model.name()) || (name + ":latest").equalsIgnoreCase(model.name()))
                .findFirst();
    }

    /** Whether it is there with that context. */
    boolean isLoaded(String name, int context) {
        return loaded().getOrDefault(name, -1) == context;
    }

    /** Listed as loaded from the moment on at which loading begins. */
    void load(String name, int context) {
        lock.lock();
        try {
            leaving.remove(name);
            contexts.put(name, context);
        } finally {
            lock.unlock();
        }
    }

    /** Listed as loaded until the gate is open. */
    void unload(String name, Gate gate) {
        lock.lock();
        try {
            leaving.put(name, gate);
        } finally {
            lock.unlock();
        }
    }

    /** The loaded models and with which context each was loaded. */
    Map<String, Integer> loaded() {
        lock.lock();
        try {
            leaving.entrySet().removeIf(entry -> entry.getValue().isOpen() && forget(entry.getKey()));
            return Map.copyOf(contexts);
        } finally {
            lock.unlock();
        }
    }

    /** The loaded models but that one. */
    List<OllamaModel> residentsBeside(String name) {
        return loaded().keySet().stream()
                .filter(other -> !other.equals(name))
                .flatMap(other -> find(other).stream())
                .toList();
    }

    /** Go writes a list that was never filled as null. */
    static Object orNull(List<Json.Verbatim> values) {
        return values.isEmpty() ? Json.NULL : values;
    }

    private boolean forget(String name) {
        contexts.remove(name);
        return true;
    }
}
