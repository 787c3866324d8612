package dev.signalbox.server;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.api.Target;
import dev.signalbox.api.TargetReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Models and targets to be listed. */
final class FakeModels {

    private static final ModelInfo QWEN =
            ModelInfo.named("org/qwen3:8b").withContext(32_768).withLoaded(true).with(Capability.TOOLS, Support.YES);

    private FakeModels() {}

    static ModelEntry target() {
        return new ModelEntry("gpu/org/qwen3:8b", ModelEntry.Kind.TARGET, QWEN, "gpu");
    }

    static ModelEntry alias() {
        return new ModelEntry("gpt-4o", ModelEntry.Kind.ALIAS, QWEN, "gpu");
    }

    static ModelEntry profile() {
        return new ModelEntry("coding", ModelEntry.Kind.PROFILE, QWEN, "gpu");
    }

    static TargetReport report(BackendState state, boolean probed) {
        return new TargetReport(
                Target.of("gpu/org/qwen3:8b"),
                "vllm",
                state,
                QWEN,
                List.of("memory: nearly full"),
                2,
                1,
                probed ? Optional.of(Instant.EPOCH) : Optional.empty(),
                "");
    }
}
