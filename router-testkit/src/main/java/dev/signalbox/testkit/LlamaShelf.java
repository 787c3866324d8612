package dev.signalbox.testkit;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The models of a {@code llama-server} in router mode, and what has become of the process of each. */
final class LlamaShelf {

    private static final int PLACES = 4;

    /** How a model is, in the words of the server. */
    enum State {
        UNLOADED,
        LOADING,
        LOADED,
        SLEEPING
    }

    /**
     * A model as it is listed.
     *
     * @param exitCode of the process that had it, 0 if it ended well or has not ended
     * @param port another one for each process; 0 before the first
     */
    record Seen(LlamaModel model, State state, int exitCode, int port) {}

    /** Guarded by the shelf's lock. */
    private static final class Entry {
        private final LlamaModel model;
        private final Slots slots = new Slots(PLACES);
        private State state = State.UNLOADED;
        private Gate arriving = Gate.opened();
        private Optional<Gate> leaving = Optional.empty();
        private int exitCode;
        private int port;
        private long used;

        Entry(LlamaModel model) {
            this.model = model;
        }

        boolean runs() {
            return state != State.UNLOADED;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>(); // all four guarded by lock
    private int most = 4;
    private int ports = 40_000;
    private long uses;

    LlamaShelf(LlamaModel... models) {
        Stream.of(models).forEach(model -> entries.put(model.name(), new Entry(model)));
    }

    /** At most so many models at once; the least recently used idle one makes room. */
    void most(int models) {
        lock.lock();
        try {
            most = models;
        } finally {
            lock.unlock();
        }
    }

    List<Seen> seen() {
        lock.lock();
        try {
            entries.values().forEach(LlamaShelf::settle);
            return entries.values().stream().map(LlamaShelf::seen).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The model of that name, or else of that alias. */
    Optional<Seen> find(String asked) {
        List<Seen> all = seen();
        return all.stream()
                .filter(seen -> seen.model().name().equals(asked))
                .findFirst()
                .or(() -> all.stream()
                        .filter(seen -> seen.model().aliases().contains(asked))
                        .findFirst());
    }

    /** What answers for that model; it was used just now. */
    LlamaChild child(String name) {
        lock.lock();
        try {
            Entry entry = entry(name);
            entry.used = ++uses;
            return new LlamaChild(name, entry.model.context(), entry.slots);
        } finally {
            lock.unlock();
        }
    }

    /** Begins to load a model, which takes until the gate is open; false if there is no room for it. */
    boolean load(String name, Gate gate) {
        lock.lock();
        try {
            Entry entry = entry(name);
            settle(entry);
            if (entry.runs()) {
                return true;
            }
            if (!makeRoom()) {
                return false;
            }
            entry.state = State.LOADING;
            entry.arriving = gate;
            entry.exitCode = 0;
            entry.port = ++ports;
            entry.used = ++uses;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What whoever waits for the model to be loaded has to wait for. */
    Gate arrival(String name) {
        lock.lock();
        try {
            return entry(name).arriving;
        } finally {
            lock.unlock();
        }
    }

    /** Begins to unload a model: it stays listed until the gate is open. One that is loading is killed at once. */
    void unload(String name, Gate gate) {
        lock.lock();
        try {
            Entry entry = entry(name);
            if (entry.state == State.LOADING) {
                end(entry, 1);
            } else {
                entry.leaving = Optional.of(gate);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its process is gone without having been told to go. */
    void crash(String name) {
        lock.lock();
        try {
            end(entry(name), 1);
        } finally {
            lock.unlock();
        }
    }

    /** It has given its memory back and waits to be asked. */
    void sleep(String name) {
        lock.lock();
        try {
            entry(name).state = State.SLEEPING;
        } finally {
            lock.unlock();
        }
    }

    /** It was asked. */
    void wake(String name) {
        lock.lock();
        try {
            Entry entry = entry(name);
            entry.state = entry.state == State.SLEEPING ? State.LOADED : entry.state;
        } finally {
            lock.unlock();
        }
    }

    private Entry entry(String name) {
        return Optional.ofNullable(entries.get(name))
                .orElseThrow(() -> new IllegalArgumentException("\"%s\" is none of its models".formatted(name)));
    }

    private boolean makeRoom() {
        entries.values().forEach(LlamaShelf::settle);
        if (entries.values().stream().filter(Entry::runs).count() < most) {
            return true;
        }
        Optional<Entry> idle = entries.values().stream()
                .filter(entry -> entry.state == State.LOADED && entry.slots.taken() == 0)
                .min(Comparator.comparingLong(entry -> entry.used));
        idle.ifPresent(entry -> end(entry, 0));
        return idle.isPresent();
    }

    private static void settle(Entry entry) {
        if (entry.state == State.LOADING && entry.arriving.isOpen()) {
            if (entry.model.exitCode() == 0) {
                entry.state = State.LOADED;
            } else {
                end(entry, entry.model.exitCode());
            }
        }
        if (entry.leaving.filter(Gate::isOpen).isPresent()) {
            end(entry, 0);
        }
    }

    private static void end(Entry entry, int exitCode) {
        entry.state = State.UNLOADED;
        entry.exitCode = exitCode;
        entry.leaving = Optional.empty();
    }

    private static Seen seen(Entry entry) {
        return new Seen(entry.model, entry.state, entry.exitCode, entry.port);
    }
}
