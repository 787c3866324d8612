package dev.signalbox.core.lint;

import dev.signalbox.core.Plugins;
import dev.signalbox.core.Remark;
import dev.signalbox.core.config.Places;
import dev.signalbox.core.config.Settings;
import java.util.List;

/** Everything there is to look for. */
public final class Lint {

    private static final List<Check> CHECKS = List.of(
            new NoBackends(),
            new IdleRules(),
            new WrongModels(),
            new HiddenAliases(),
            new OddLimits(),
            new Repetitions(),
            new NeedlessGates(),
            new Unused(),
            new UnknownCallers());

    private Lint() {}

    /** What is to be said of settings that can be used; warnings before notes, each by line. */
    public static List<Remark> of(Settings settings, Places places, Plugins plugins) {
        Subject subject = new Subject(settings, places, plugins);
        Remarks remarks = new Remarks();
        CHECKS.forEach(check -> check.look(subject, remarks));
        return remarks.list();
    }
}
