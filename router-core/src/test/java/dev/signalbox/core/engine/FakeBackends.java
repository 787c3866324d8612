package dev.signalbox.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.spi.TokenCounter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Backends of the type {@code fake}: each does what the test has written for its name. Any thread may use them. */
final class FakeBackends implements BackendFactory {

    /** What a backend does with a call. */
    interface Script {
        BackendReply answer(BackendCall call) throws BackendException, InterruptedException;
    }

    /** What a backend tells of itself. */
    interface Probe {
        BackendStatus look(Deadline deadline) throws BackendException, InterruptedException;
    }

    /** One option, so that a backend's settings can change. */
    static final Option<String> TAG = Option.text("tag").orElse("");

    /** What a backend was sent. */
    record Sent(BackendCall call, String body) {}

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Probe> probes = new ConcurrentHashMap<>();
    private final Map<String, Object> abilities = new ConcurrentHashMap<>();
    private final Map<String, List<Sent>> sent = new ConcurrentHashMap<>();
    private final Set<String> runOn = ConcurrentHashMap.newKeySet();
    private final Set<String> keepOne = ConcurrentHashMap.newKeySet();
    private final AtomicInteger created = new AtomicInteger();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    volatile Set<Dialect> dialects = Set.copyOf(Dialect.KNOWN);
    volatile Supplier<List<Edit>> edits = List::of;

    /** It has that ability. */
    FakeBackends able(String backend, Object ability) {
        abilities.put(backend, ability);
        return this;
    }

    /** From now on it keeps one model. */
    FakeBackends keepsOne(String backend) {
        keepOne.add(backend);
        return this;
    }

    FakeBackends on(String backend, Script script) {
        scripts.put(backend, script);
        return this;
    }

    FakeBackends fails(String backend, FailureKind kind) {
        return fails(backend, Failure.of(kind, kind + " says " + backend));
    }

    FakeBackends fails(String backend, Failure failure) {
        return on(backend, call -> {
            throw new BackendException(failure);
        });
    }

    FakeBackends probe(String backend, Probe probe) {
        probes.put(backend, probe);
        return this;
    }

    /** It can count tokens. */
    FakeBackends counts(String backend, TokenCounter counter) {
        abilities.put(backend, counter);
        return this;
    }

    /** From now on its probe lists these models. */
    FakeBackends lists(String backend, String... models) {
        return probe(
                backend,
                deadline -> BackendStatus.ready(
                        Arrays.stream(models).map(ModelInfo::named).toList()));
    }

    /** Closing a reply of it does not end the generation. */
    FakeBackends runsOn(String backend) {
        runOn.add(backend);
        return this;
    }

    /** Everything it was sent. */
    List<Sent> sent(String backend) {
        return sent.computeIfAbsent(backend, name -> new CopyOnWriteArrayList<>());
    }

    /** The body of the only request it was sent. */
    String body(String backend) {
        List<Sent> all = sent(backend);
        if (all.size() != 1) {
            throw new AssertionError("%s was sent %d requests".formatted(backend, all.size()));
        }
        return all.getFirst().body();
    }

    int created() {
        return created.get();
    }

    /** The names and tags of those that were closed. */
    List<String> closed() {
        return closed;
    }

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(TAG);
    }

    @Override
    public Backend create(PluginConfig config, PluginContext context) {
        created.incrementAndGet();
        return new Fake(context.name(), config.get(TAG));
    }

    private final class Fake implements Backend {

        private final String name;
        private final String tag;

        Fake(String name, String tag) {
            this.name = name;
            this.tag = tag;
        }

        @Override
        public Set<Dialect> dialects() {
            return dialects;
        }

        @Override
        public List<Edit> edits(RequestView request, String model) {
            return edits.get();
        }

        /** A name without a tag means the latest, as with Ollama. */
        @Override
        public boolean means(String asked, String listed) {
            return listed.equals(asked) || listed.equals(asked + ":latest");
        }

        @Override
        public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
            sent(name).add(new Sent(call, read(call)));
            Script script = scripts.get(name);
            if (script == null) {
                throw new AssertionError("nothing is written for " + name);
            }
            return script.answer(call);
        }

        @Override
        public BackendStatus probe(Deadline deadline) throws BackendException, InterruptedException {
            Probe probe = probes.get(name);
            return probe == null ? BackendStatus.of(dev.signalbox.api.BackendState.READY) : probe.look(deadline);
        }

        @Override
        public <A> Optional<A> ability(Class<A> type) {
            return Optional.ofNullable(abilities.get(name))
                    .filter(type::isInstance)
                    .map(type::cast);
        }

        @Override
        public boolean keepsOne() {
            return keepOne.contains(name);
        }

        @Override
        public OptionalLong contextWanted(RequestView request, Dialect spoken, String model) {
            return request.raw("/context")
                    .map(tokens -> OptionalLong.of(Long.parseLong(tokens)))
                    .orElseGet(OptionalLong::empty);
        }

        @Override
        public boolean stopsOnClose() {
            return !runOn.contains(name);
        }

        @Override
        public Optional<String> host() {
            return Optional.of(name + ".local");
        }

        @Override
        public void close() {
            closed.add(tag.isEmpty() ? name : name + "/" + tag);
        }

        private static String read(BackendCall call) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                call.body().writeTo(bytes);
                return bytes.toString(UTF_8);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
