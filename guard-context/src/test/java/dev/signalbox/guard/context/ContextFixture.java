package dev.signalbox.guard.context;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Verdict;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestRequest;

/** A target whose context holds 1,000 tokens, and prompts for it. */
final class ContextFixture {

    static final PluginConfig GENERAL =
            PluginConfig.of(new ContextGuardFactory().options(), Where.code("guards.context"));
    static final PluginConfig PROFILE =
            PluginConfig.of(new ContextGuardFactory().profileOptions(), Where.code("profiles.test.guards.context"));

    private ContextFixture() {}

    /** A prompt that has so many tokens, each of four bytes. */
    static TestRequest prompt(long tokens) {
        return TestRequest.saying("word".repeat(Math.toIntExact(tokens))).tokens(tokens);
    }

    static TestAttempt small(RequestView request) {
        return TestAttempt.at("gpu/small")
                .knowing(ModelInfo.named("small").withContext(1_000))
                .with(PROFILE)
                .of(request);
    }

    static Verdict verdict(PluginConfig general, TestRequest request) {
        return new ContextGuard(general).assess(small(request));
    }

    static PluginConfig doing(Action action) {
        return GENERAL.with(ContextGuardFactory.ACTION, action);
    }
}
