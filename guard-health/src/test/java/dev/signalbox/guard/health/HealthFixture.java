package dev.signalbox.guard.health;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.AttemptReport.Phase;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A guard with a clock turned by hand, whose pauses are 30, 45, 90, 180, 225 seconds. */
final class HealthFixture {

    private final TestContext context = TestContext.named("health");
    private final HealthGuard guard;
    private PluginConfig profile = profile();

    HealthFixture() {
        this(general());
    }

    HealthFixture(PluginConfig general) {
        guard = new HealthGuard(general, context, () -> 0);
    }

    static PluginConfig general() {
        return PluginConfig.of(new HealthGuardFactory().options(), Where.code("guards.health"));
    }

    static PluginConfig profile() {
        return PluginConfig.of(new HealthGuardFactory().profileOptions(), Where.code("profiles.test.guards.health"));
    }

    static PluginConfig doing(Action action) {
        return profile().withPresent(HealthGuardFactory.PROFILE_ACTION, action);
    }

    static HealthFixture excluding() {
        return new HealthFixture().in(doing(Action.EXCLUDE));
    }

    /** From now on requests come in a profile that says this. */
    HealthFixture in(PluginConfig other) {
        profile = other;
        return this;
    }

    TestContext context() {
        return context;
    }

    HealthGuard guard() {
        return guard;
    }

    TestAttempt at(String target) {
        return TestAttempt.at(target).with(profile).inChain("gpu/m", "laptop/m");
    }

    void pass(Duration time) {
        context.hands().advance(time);
    }

    void pass(int seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    Verdict asks(String target) {
        return guard.assess(at(target));
    }

    Admission admits(String target) {
        return guard.admit(at(target));
    }

    Lease letIn(String target) {
        return ((Admission.Granted) admits(target)).lease();
    }

    AttemptReport failure(String target, FailureKind kind) {
        return at(target).report(Phase.ENDED, new Outcome.Failed(Failure.of(kind, "signal lost")));
    }

    AttemptReport left(String target) {
        return at(target).report(Phase.ENDED, new Outcome.ClientLeft());
    }

    AttemptReport committed(String target) {
        return at(target).report(Phase.COMMITTED, new Outcome.Answered());
    }

    AttemptReport answered(String target) {
        return at(target).answered();
    }

    void fails(String target) {
        fails(target, FailureKind.SERVER_ERROR);
    }

    void fails(String target, FailureKind kind) {
        letIn(target).end(failure(target, kind));
    }

    void failsTimes(int times, String target) {
        for (int i = 0; i < times; i++) {
            fails(target);
        }
    }

    void answers(String target) {
        Lease lease = letIn(target);
        lease.committed(committed(target));
        lease.end(answered(target));
    }

    /** It streams an answer whose first content takes that long. */
    void answersAfter(String target, Duration firstContent) {
        Lease lease = letIn(target);
        lease.committed(begun(target, firstContent));
        lease.end(answered(target));
    }

    AttemptReport begun(String target, Duration firstContent) {
        AttemptReport plain = committed(target);
        return new AttemptReport(
                plain.target(),
                plain.profile(),
                plain.settings(),
                plain.phase(),
                plain.outcome(),
                Optional.of(firstContent),
                plain.usage(),
                plain.request());
    }

    /** A probe sees its backend so. */
    void probed(String backend, BackendState state) {
        Optional<Failure> failure = state == BackendState.DOWN
                ? Optional.of(Failure.of(FailureKind.UNREACHABLE, "connection refused"))
                : Optional.empty();
        guard.probed(
                new ProbeReport(backend, BackendState.UNKNOWN, BackendStatus.of(state), failure, Duration.ofMillis(3)));
    }

    List<RouterEvent.JudgementChanged> told() {
        return context.told().stream()
                .map(RouterEvent.JudgementChanged.class::cast)
                .toList();
    }
}
