package dev.signalbox.core.config;

import dev.signalbox.api.Target;
import java.util.List;

/**
 * Places in front of targets.
 *
 * @param name its name
 * @param of the names of backends, or targets, it stands in front of
 * @param places how many requests may be past it at once
 * @param queue how many may wait for it
 */
public record GateSettings(String name, List<String> of, int places, int queue) {

    public GateSettings {
        of = List.copyOf(of);
    }

    /** Whether it stands in front of that target. */
    public boolean guards(Target target) {
        return of.contains(target.backend()) || of.contains(target.toString());
    }
}
