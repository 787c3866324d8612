package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.machine.Commands;
import dev.signalbox.guard.memory.machine.ThisMachine;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Verdict;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A guard that counts the memory of a machine, and what an engine would do with its answers. */
final class Residents {

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final PluginConfig PROFILE = MemoryFixture.profile();
    private static final Map<Long, TestRequest> REQUESTS = new ConcurrentHashMap<>(); // reading one takes its time

    private final ScriptedHost host;
    private final TestContext context = TestContext.named("memory");
    private final Guard guard;
    private final Map<String, Map<Long, TestAttempt>> attempts = new HashMap<>();

    Residents(ScriptedHost host, long memory, long reserve) {
        this(host, host.name(), memory, reserve);
    }

    Residents(ScriptedHost host, String counted, long memory, long reserve) {
        this(host, counted, memory, reserve, config -> config);
    }

    Residents(ScriptedHost host, long memory, long reserve, UnaryOperator<PluginConfig> rules) {
        this(host, host.name(), memory, reserve, rules);
    }

    private Residents(ScriptedHost host, String counted, long memory, long reserve, UnaryOperator<PluginConfig> rules) {
        this(host, counted, new Capacity.Written(memory), reserve, rules, (command, deadline) -> Optional.empty());
    }

    private Residents(
            ScriptedHost host,
            String counted,
            Capacity memory,
            long reserve,
            UnaryOperator<PluginConfig> rules,
            Commands commands) {
        this.host = host;
        context.hosts(List.of(host));
        PluginConfig said = PluginConfig.of(List.of(HostOptions.MEMORY, HostOptions.RESERVE), Where.code("hosts"))
                .with(HostOptions.MEMORY, memory)
                .with(HostOptions.RESERVE, reserve);
        PluginConfig config = MemoryFixture.general().with(HostOptions.HOSTS, Map.of(counted, said));
        guard = new MemoryGuard(rules.apply(config), context, new ThisMachine(commands, Path.of("/none")));
    }

    /** Its memory is measured, with these programs and nothing else. */
    static Residents measured(ScriptedHost host, long reserve, UnaryOperator<PluginConfig> rules, Commands commands) {
        return new Residents(host, host.name(), new Capacity.Auto(), reserve, rules, commands);
    }

    TestContext context() {
        return context;
    }

    /** Made of the same one each time: making one anew takes longer than what it is asked for. */
    TestAttempt at(String target, long tokens) {
        return attempts.computeIfAbsent(target, name -> new HashMap<>())
                .computeIfAbsent(tokens, count -> made(target, count))
                .arriving(context.clock().instant());
    }

    private TestAttempt made(String target, long tokens) {
        return at(
                target,
                REQUESTS.computeIfAbsent(
                        tokens, count -> TestRequest.saying("All clear?").tokens(count)));
    }

    private TestAttempt at(String target, RequestView request) {
        return TestAttempt.at(target)
                .with(PROFILE)
                .of(request)
                .knowing(told(Target.of(target)))
                .among(host);
    }

    private ModelInfo told(Target target) {
        return host.offers().stream()
                .filter(offer -> offer.target().equals(target))
                .map(HostView.Offer::model)
                .findFirst()
                .orElseThrow();
    }

    Verdict judges(String target) {
        return judges(target, 10);
    }

    Verdict judges(String target, long tokens) {
        return guard.assess(at(target, tokens));
    }

    Verdict judges(String target, RequestView request) {
        return guard.assess(at(target, request));
    }

    Admission asks(String target, RequestView request) {
        return guard.admit(at(target, request));
    }

    Admission asks(String target) {
        return asks(target, 10);
    }

    Admission asks(String target, long tokens) {
        return guard.admit(at(target, tokens));
    }

    /** A candidate of a request that is only explained. */
    Verdict foresees(String target) {
        return guard.assess(at(target, 10).asExplained());
    }

    /** An attempt for which the model is to be loaded with so large a context. */
    TestAttempt wanting(String target, long context) {
        return at(target, 10).wantingContext(context);
    }

    Verdict judges(TestAttempt attempt) {
        return guard.assess(attempt);
    }

    Admission asks(TestAttempt attempt) {
        return guard.admit(attempt);
    }

    /** It is let in. */
    Admission.Granted ask(String target) {
        return (Admission.Granted) asks(target);
    }

    void prepare(Admission.Granted granted) throws BackendException, InterruptedException {
        if (granted.preparation().isPresent()) {
            granted.preparation().get().run(Deadline.never());
        }
    }

    /** It is let in and made ready. */
    Admission.Granted ready(String target) throws BackendException, InterruptedException {
        Admission.Granted granted = ask(target);
        prepare(granted);
        return granted;
    }

    void end(Admission.Granted granted, String target) {
        granted.lease().end(at(target, 10).answered());
    }

    /** It is let in, made ready, answered and over; some time passes. */
    void serve(String target) throws BackendException, InterruptedException {
        end(ready(target), target);
        context.hands().advance(Duration.ofSeconds(1));
    }

    /** How making it ready fails; the attempt is over then. */
    BackendException fails(String target) {
        Admission.Granted granted = ask(target);
        BackendException failed = catchThrowableOfType(BackendException.class, () -> prepare(granted));
        end(granted, target);
        context.hands().advance(Duration.ofSeconds(1));
        return failed;
    }

    void pass(Duration time) {
        context.hands().advance(time);
    }

    /** All its servers are looked at, which takes a while. */
    void probe() {
        context.hands().advance(LOOK);
        host.backends().forEach(backend -> guard.probed(seen(backend)));
    }

    private ProbeReport seen(String backend) {
        if (host.isDown(backend)) {
            return new ProbeReport(
                    backend,
                    BackendState.READY,
                    BackendStatus.of(BackendState.DOWN),
                    Optional.of(Failure.of(FailureKind.UNREACHABLE, "connection refused")),
                    LOOK);
        }
        List<ModelInfo> models = new ArrayList<>();
        for (HostView.Offer offer : host.offers()) {
            if (offer.target().backend().equals(backend)) {
                models.add(seen(offer));
            }
        }
        return new ProbeReport(backend, BackendState.READY, BackendStatus.ready(models), Optional.empty(), LOOK);
    }

    /** Servers that keep one model tell what they have loaded only where their models say so. */
    private ModelInfo seen(HostView.Offer offer) {
        ModelInfo model = ModelInfo.named(offer.target().model());
        if (offer.swaps() && offer.model().loaded().isEmpty()) {
            return model;
        }
        boolean there = host.residents().contains(offer.target());
        return there ? model.withLoaded(true).withMemory(taken(offer)) : model.withLoaded(false);
    }

    /** With what a larger context than the usual takes. */
    private long taken(HostView.Offer offer) {
        long wider = Math.max(0, host.context(offer.target()) - ScriptedHost.USUAL_CONTEXT);
        return host.bytes(offer.target()) + wider * offer.model().tokenBytes().orElse(0);
    }
}
