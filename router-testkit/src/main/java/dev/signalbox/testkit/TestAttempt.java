package dev.signalbox.testkit;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A candidate, and an attempt, for the tests of guards and selectors: of a ready server of which nothing more is known,
 * unless told otherwise. Immutable.
 */
public record TestAttempt(
        Target target,
        Status status,
        int inFlight,
        int waiting,
        RequestView request,
        String profile,
        PluginConfig settings,
        List<HostView> hosts,
        List<Target> chain,
        Instant arrived,
        Deadline deadline,
        OptionalLong tokens,
        OptionalLong contextWanted,
        boolean explained)
        implements Attempt {

    private static final RequestView SHORT = TestRequest.saying("All clear?");

    public TestAttempt {
        hosts = List.copyOf(hosts);
        chain = List.copyOf(chain);
    }

    /** A target such as {@code gpu/qwen3:8b}, asked for by a short chat in the profile {@code test}. */
    public static TestAttempt at(String target) {
        Target parsed = Target.of(target);
        return new TestAttempt(
                parsed,
                new Status(BackendState.READY, ModelInfo.named(parsed.model()), Optional.empty()),
                0,
                0,
                SHORT,
                "test",
                PluginConfig.empty(),
                List.of(),
                List.of(parsed),
                HandClock.START,
                Deadline.never(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false);
    }

    @Override
    public String traceId() {
        return "trace-1";
    }

    @Override
    public Instant moment() {
        return arrived;
    }

    /** As many as it was told, else as the request says. */
    @Override
    public long approximateTokens() {
        return tokens.orElseGet(request::approximateTokens);
    }

    /** The same attempt at a target whose own server counts so many tokens. */
    public TestAttempt counting(long count) {
        return changed(next -> next.tokens = OptionalLong.of(count));
    }

    /** The same attempt of a request that came at that moment. */
    public TestAttempt arriving(Instant moment) {
        return changed(next -> next.arrived = moment);
    }

    /** The same attempt of another request. */
    public TestAttempt of(RequestView other) {
        return changed(next -> next.request = other);
    }

    /** The same attempt with a guard's settings, or those of a pool's entry. */
    public TestAttempt with(PluginConfig other) {
        return changed(next -> next.settings = other);
    }

    /** The same attempt at a target in that state. */
    public TestAttempt in(BackendState state) {
        return with(new Status(state, status.model(), status.load()));
    }

    /** The same attempt at a model of which that is known. */
    public TestAttempt knowing(ModelInfo model) {
        return with(new Status(status.state(), model, status.load()));
    }

    /** The same attempt at a server that says it is so busy. */
    public TestAttempt loaded(LoadSignal.Load load) {
        return with(new Status(status.state(), status.model(), Optional.of(load)));
    }

    /** The same attempt at a target with so many requests in flight and waiting. */
    public TestAttempt busy(int requestsInFlight, int requestsWaiting) {
        return changed(next -> {
            next.inFlight = requestsInFlight;
            next.waiting = requestsWaiting;
        });
    }

    /** The same attempt with these hosts. */
    public TestAttempt among(HostView... others) {
        return changed(next -> next.hosts = List.of(others));
    }

    /** The same attempt of a request for which the model is to be loaded with a context of so many tokens. */
    public TestAttempt wantingContext(long context) {
        return changed(next -> next.contextWanted = OptionalLong.of(context));
    }

    /** The same as a candidate of a request that is only explained. */
    public TestAttempt asExplained() {
        return changed(next -> next.explained = true);
    }

    /** The same attempt in a profile of these targets. */
    public TestAttempt inChain(String... targets) {
        List<Target> all = Arrays.stream(targets).map(Target::of).toList();
        return changed(next -> next.chain = all);
    }

    /** The report that it was answered, made at its end. */
    public AttemptReport answered() {
        return report(AttemptReport.Phase.ENDED, new AttemptReport.Outcome.Answered());
    }

    /** A report of it. */
    public AttemptReport report(AttemptReport.Phase phase, AttemptReport.Outcome outcome) {
        return new AttemptReport(
                target,
                profile,
                settings,
                phase,
                outcome,
                Optional.of(Duration.ofMillis(250)),
                Optional.empty(),
                request);
    }

    private TestAttempt with(Status other) {
        return changed(next -> next.status = other);
    }

    private TestAttempt changed(Consumer<Next> change) {
        Next next = new Next(this);
        change.accept(next);
        return next.attempt();
    }

    /** What another one is to be, as it is until that is changed. */
    private static final class Next {

        private final Target target;
        private Status status;
        private int inFlight;
        private int waiting;
        private RequestView request;
        private final String profile;
        private PluginConfig settings;
        private List<HostView> hosts;
        private List<Target> chain;
        private Instant arrived;
        private final Deadline deadline;
        private OptionalLong tokens;
        private OptionalLong contextWanted;
        private boolean explained;

        Next(TestAttempt attempt) {
            target = attempt.target;
            status = attempt.status;
            inFlight = attempt.inFlight;
            waiting = attempt.waiting;
            request = attempt.request;
            profile = attempt.profile;
            settings = attempt.settings;
            hosts = attempt.hosts;
            chain = attempt.chain;
            arrived = attempt.arrived;
            deadline = attempt.deadline;
            tokens = attempt.tokens;
            contextWanted = attempt.contextWanted;
            explained = attempt.explained;
        }

        TestAttempt attempt() {
            return new TestAttempt(
                    target,
                    status,
                    inFlight,
                    waiting,
                    request,
                    profile,
                    settings,
                    hosts,
                    chain,
                    arrived,
                    deadline,
                    tokens,
                    contextWanted,
                    explained);
        }
    }
}
