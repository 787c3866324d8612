package dev.signalbox.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What concerns the router as a whole.
 *
 * @param unknownModel what to do with a name in {@code model} that nobody knows
 * @param probeEvery how often backends are probed
 * @param probeTimeout how long a probe may take
 * @param table what models can do by their names
 * @param expose whether answers tell what was decided in headers of our own
 * @param traces how many requests' traces are kept to be looked at
 * @param stateFolder where that is kept which has to outlive the process; empty for the usual place
 */
public record EngineSettings(
        UnknownModel unknownModel,
        Duration probeEvery,
        Duration probeTimeout,
        ModelTable table,
        Expose expose,
        int traces,
        Optional<Path> stateFolder) {

    /** What to do with a name that nobody knows. */
    public enum UnknownModel {
        /** Ask the rules; 404 if none holds. */
        RULES,
        /** 404 at once. */
        REJECT,
        /** Ask the rules, then take the default. */
        DEFAULT
    }

    /** What answers tell. */
    public enum Expose {
        ALL,
        NONE
    }

    /** The same with that folder. */
    public EngineSettings keepingIn(Path folder) {
        return new EngineSettings(unknownModel, probeEvery, probeTimeout, table, expose, traces, Optional.of(folder));
    }

    /** Whether backends are looked at as under those. */
    public boolean watchesLike(EngineSettings others) {
        return probeEvery.equals(others.probeEvery) && probeTimeout.equals(others.probeTimeout);
    }

    /** What holds where nothing is said. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            UnknownModel.RULES,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            ModelTable.BUNDLED,
            Expose.ALL,
            500,
            Optional.empty());
}
