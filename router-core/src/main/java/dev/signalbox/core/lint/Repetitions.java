package dev.signalbox.core.lint;

import dev.signalbox.api.Target;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.ProfileOptions;
import java.util.LinkedHashSet;
import java.util.Set;

/** Targets that stand in a chain twice; what has failed is not tried again by standing there once more. */
final class Repetitions implements Check {

    @Override
    public void look(Subject subject, Remarks remarks) {
        for (Profile profile : subject.settings().profiles().values()) {
            Set<Target> seen = new LinkedHashSet<>();
            profile.targets().stream()
                    .filter(target -> !seen.add(target))
                    .distinct()
                    .forEach(target -> remarks.warn(
                            subject.places().of("profiles", profile.name(), ProfileOptions.CHAIN.name()),
                            "has %s twice, and tries it once. To try it again, say `retry`".formatted(target)));
        }
    }
}
