package dev.signalbox.testkit;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.ModelLifecycle.Resident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A machine whose memory really fills and frees: models take what they really take, whatever is told of them; a load that
 * does not fit fails as servers fail; servers crash and come back; others use it too. Any thread may use it.
 *
 * <p>Nothing takes time: what is to happen while a model comes or goes is done by {@link #meanwhile}.
 */
public final class ScriptedHost implements HostView {

    /** What a server is asked to do. */
    public enum Act {
        LOOK,
        LOAD,
        UNLOAD
    }

    /** With which context models are loaded where nobody wishes for more. */
    public static final long USUAL_CONTEXT = 4_096;

    /** What a server does to make room. */
    private enum Kind {
        UNLOADS,
        KEEPS,
        /** It has one model, cannot be told anything, and loads what it is asked for in its place. */
        SWAPS
    }

    private final String name;
    private final HostMemory memory; // it and all else guarded by lock
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Kind> servers = new LinkedHashMap<>();
    private final Map<Target, Duration> kept = new HashMap<>(); // as it was wished last
    private boolean tellsSizes = true;
    private final Map<Target, Integer> inFlight = new HashMap<>();
    private final Map<Target, Integer> waiting = new HashMap<>();
    private final Map<Target, FailureKind> failing = new HashMap<>();
    private final Map<Target, FailureKind> staying = new HashMap<>(); // how unloading them fails
    private final Map<String, FailureKind> silent = new HashMap<>(); // how looking at a server fails
    private final Set<String> crashed = new HashSet<>();
    private final List<String> diary = new ArrayList<>();
    private BiConsumer<Act, Target> meanwhile = (act, target) -> {};

    private ScriptedHost(String name, long memory) {
        this.name = name;
        this.memory = new HostMemory(memory);
    }

    /** A machine with so many bytes, and no server yet. */
    public static ScriptedHost of(String name, long memory) {
        return new ScriptedHost(name, memory);
    }

    /** It has a server that loads and unloads. */
    public ScriptedHost server(String backend) {
        return server(backend, true);
    }

    /** It has a server that loads, and unloads or refuses to. */
    public ScriptedHost server(String backend, boolean unloads) {
        return server(backend, unloads ? Kind.UNLOADS : Kind.KEEPS);
    }

    /** It has a server that keeps one model, cannot be told anything, and puts what it is asked for in its place. */
    public ScriptedHost swapper(String backend) {
        return server(backend, Kind.SWAPS);
    }

    private ScriptedHost server(String backend, Kind kind) {
        return locked(() -> {
            servers.put(backend, kind);
            return this;
        });
    }

    /** Its servers do not tell what loaded models take. */
    public ScriptedHost withoutSizes() {
        tellsSizes = false;
        return this;
    }

    /** Its servers load no model with a larger context than that, whatever is wished. */
    public ScriptedHost mostContext(long tokens) {
        return locked(() -> {
            memory.mostContext(tokens);
            return this;
        });
    }

    /** A server has a model that takes so many bytes, of which that is told. */
    public ScriptedHost model(String target, long bytes, ModelInfo told) {
        return locked(() -> {
            memory.offer(new HostMemory.Model(Target.of(target), bytes, told));
            return this;
        });
    }

    /** A server has a model of so many bytes, which is told as it is. */
    public ScriptedHost model(String target, long bytes) {
        return model(target, bytes, ModelInfo.named(Target.of(target).model()).withMemory(bytes));
    }

    /** From now on that is done whenever a server is asked something, before it does it. */
    public ScriptedHost meanwhile(BiConsumer<Act, Target> what) {
        meanwhile = what;
        return this;
    }

    /** From now on loading that model fails; {@link FailureKind#DEFECT} takes it back. */
    public void failsToLoad(Target target, FailureKind kind) {
        locked(() -> kind == FailureKind.DEFECT ? failing.remove(target) : failing.put(target, kind));
    }

    /** From now on unloading that model fails; {@link FailureKind#DEFECT} takes it back. */
    public void failsToUnload(Target target, FailureKind kind) {
        locked(() -> kind == FailureKind.DEFECT ? staying.remove(target) : staying.put(target, kind));
    }

    /** From now on a server does not say what it has loaded; {@link FailureKind#DEFECT} takes it back. */
    public void failsToTell(String backend, FailureKind kind) {
        locked(() -> kind == FailureKind.DEFECT ? silent.remove(backend) : silent.put(backend, kind));
    }

    /** Somebody else has it loaded, if it fits; whether it is there now. A server that keeps one puts it in its place. */
    public boolean othersLoad(Target target) {
        return locked(
                () -> (memory.holds(target) && !crashed.contains(target.backend())) || loadAnew(target, USUAL_CONTEXT));
    }

    /** Loads it with that context, unless it is there with it; whether it is there now. */
    boolean load(Target target, long wanted) {
        return locked(() -> memory.holds(target, wanted) || loadAnew(target, wanted));
    }

    /** Loads it, again if it was there; whether it fits. */
    private boolean loadAnew(Target target, long wanted) {
        String backend = target.backend();
        if (crashed.contains(backend)) {
            return false;
        }
        memory.drop(other -> other.backend().equals(backend) && (other.equals(target) || swaps(backend)));
        return memory.load(target, wanted);
    }

    /** How long it was wished last that a model is kept; empty if nobody has wished anything of it. */
    public Optional<Duration> kept(Target target) {
        return locked(() -> Optional.ofNullable(kept.get(target)));
    }

    /** With which context a model is loaded; nothing if it is not. */
    public long context(Target target) {
        return locked(() -> memory.context(target));
    }

    /** Somebody else has it unloaded, or its server has by rules of its own. */
    public void othersUnload(Target target) {
        locked(() -> memory.drop(target::equals));
    }

    /** A server ends, and what it had loaded with it. */
    public void crash(String backend) {
        locked(() -> {
            crashed.add(backend);
            return memory.drop(target -> target.backend().equals(backend));
        });
    }

    /** A server is there again, with nothing loaded. */
    public void revive(String backend) {
        locked(() -> crashed.remove(backend));
    }

    /** Whether a server is not there. */
    public boolean isDown(String backend) {
        return locked(() -> crashed.contains(backend));
    }

    /** From now on a target answers so many requests. */
    public void answers(Target target, int requests) {
        locked(() -> requests == 0 ? inFlight.remove(target) : inFlight.put(target, requests));
    }

    /** From now on so many requests wait that could go to a target. */
    public void waits(Target target, int requests) {
        locked(() -> requests == 0 ? waiting.remove(target) : waiting.put(target, requests));
    }

    /** How many bytes are taken. */
    public long used() {
        return locked(memory::used);
    }

    /** How many bytes it has. */
    public long memory() {
        return memory.size();
    }

    /** What a model really takes. */
    public long bytes(Target target) {
        return locked(() -> memory.bytes(target));
    }

    /** What was loaded and unloaded through its lifecycles, in order. */
    public List<String> diary() {
        return locked(() -> List.copyOf(diary));
    }

    @Override
    public String name() {
        return name;
    }

    /** {@code m} means {@code m:latest}, as with some servers. */
    @Override
    public boolean means(Target said, Target offered) {
        return said.equals(offered) || offered.toString().equals(said + ":latest");
    }

    @Override
    public List<String> backends() {
        return locked(() -> List.copyOf(servers.keySet()));
    }

    @Override
    public List<Target> residents() {
        return locked(() -> List.copyOf(memory.resident().keySet()));
    }

    @Override
    public long residentBytes() {
        return used();
    }

    @Override
    public List<Offer> offers() {
        return locked(() -> memory.offered().stream()
                .map(model -> new Offer(
                        model.target(),
                        model.told(),
                        reported(model),
                        !swaps(model.target().backend()),
                        swaps(model.target().backend())))
                .toList());
    }

    private static ModelInfo reported(HostMemory.Model model) {
        ModelInfo name = ModelInfo.named(model.target().model());
        return model.told().contextTokens().isPresent()
                ? name.withContext(model.told().contextTokens().getAsLong())
                : name;
    }

    @Override
    public Map<Target, Integer> inFlight() {
        return locked(() -> Map.copyOf(inFlight));
    }

    @Override
    public Map<Target, Integer> waiting() {
        return locked(() -> Map.copyOf(waiting));
    }

    @Override
    public Optional<ModelLifecycle> lifecycle(String backend) {
        return locked(() -> servers.containsKey(backend) && !swaps(backend)
                ? Optional.of(new HostLifecycle(this, backend, servers.get(backend) == Kind.UNLOADS))
                : Optional.empty());
    }

    private boolean swaps(String backend) {
        return servers.get(backend) == Kind.SWAPS;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** A server is asked that. */
    void happens(Act act, Target target) {
        meanwhile.accept(act, target);
    }

    /** How looking at a server fails, if it does. */
    Optional<FailureKind> silence(String backend) {
        return locked(() -> Optional.ofNullable(silent.get(backend)));
    }

    /** How loading a model fails, if it does. */
    Optional<FailureKind> failure(Target target) {
        return locked(() -> Optional.ofNullable(failing.get(target)));
    }

    /** How unloading a model fails, if it does. */
    Optional<FailureKind> stay(Target target) {
        return locked(() -> Optional.ofNullable(staying.get(target)));
    }

    /** What a server says that it has loaded. */
    List<Resident> told(String backend) {
        return locked(() -> memory.resident().entrySet().stream()
                .filter(each -> each.getKey().backend().equals(backend))
                .map(each -> new Resident(
                        each.getKey().model(),
                        tellsSizes ? OptionalLong.of(each.getValue().bytes()) : OptionalLong.empty(),
                        OptionalLong.of(each.getValue().context())))
                .toList());
    }

    /** It is wished that a model is kept so long. */
    void keep(Target target, Duration time) {
        locked(() -> kept.put(target, time));
    }

    /** A server has done that. */
    void note(String done) {
        locked(() -> diary.add(done));
    }
}
