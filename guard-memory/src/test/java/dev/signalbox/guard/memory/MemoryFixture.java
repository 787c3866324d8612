package dev.signalbox.guard.memory;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Verdict;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestHost;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;

/** A guard with a clock turned by hand, for attempts on one machine with two servers. */
final class MemoryFixture {

    static final String OUT = "CUDA error: out of memory";

    private final TestContext context = TestContext.named("memory");
    private final Guard guard = new MemoryGuardFactory().create(general(), context);

    static PluginConfig general() {
        return PluginConfig.of(new MemoryGuardFactory().options(), Where.code("guards.memory"));
    }

    static PluginConfig profile() {
        return PluginConfig.of(new MemoryGuardFactory().profileOptions(), Where.code("profiles.test.guards.memory"));
    }

    static PluginConfig doing(Action action) {
        return profile().withPresent(MemoryGuardFactory.PROFILE_ACTION, action);
    }

    static PluginConfig coolingFor(Duration time) {
        return profile().withPresent(MemoryGuardFactory.PROFILE_COOLDOWN, time);
    }

    TestContext context() {
        return context;
    }

    /** A short request to a target such as {@code gpu/m}. */
    TestAttempt at(String target) {
        return at(target, 100);
    }

    /** A request of about so many tokens. */
    TestAttempt at(String target, long tokens) {
        return TestAttempt.at(target)
                .with(profile())
                .of(TestRequest.saying("All clear?").tokens(tokens))
                .among(TestHost.of("box", "gpu", "cpu"), TestHost.of("elsewhere", "far"));
    }

    void pass(Duration time) {
        context.hands().advance(time);
    }

    Verdict asks(TestAttempt attempt) {
        return guard.assess(attempt);
    }

    /** It is let in and ends so. */
    void ends(TestAttempt attempt, AttemptReport.Outcome outcome) {
        Admission.Granted granted = (Admission.Granted) guard.admit(attempt);
        AttemptReport report = attempt.report(AttemptReport.Phase.ENDED, outcome);
        guard.observe(report);
        granted.lease().end(report);
    }

    void fails(TestAttempt attempt) {
        fails(attempt, OUT);
    }

    void fails(TestAttempt attempt, String message) {
        fails(attempt, Failure.of(FailureKind.OUT_OF_MEMORY, message));
    }

    void fails(TestAttempt attempt, Failure failure) {
        ends(attempt, new AttemptReport.Outcome.Failed(failure));
    }

    void answers(TestAttempt attempt) {
        ends(attempt, new AttemptReport.Outcome.Answered());
    }

    Admission.Granted letIn(TestAttempt attempt) {
        return (Admission.Granted) guard.admit(attempt);
    }
}
