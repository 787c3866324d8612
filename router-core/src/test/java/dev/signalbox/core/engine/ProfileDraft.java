package dev.signalbox.core.engine;

import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Priority;
import dev.signalbox.core.config.Limits;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Retry;
import dev.signalbox.core.dialect.Directive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A profile in the making, at first as one of which only the chain is said. */
final class ProfileDraft {

    Limits limits = Limits.DEFAULT;
    Set<FailureKind> fallBackOn = FailureKind.fallBackByDefault();
    int attempts = Profile.ATTEMPTS;
    boolean spill = true;
    Retry retry = Retry.NEVER;
    Map<FailureKind, String> on = Map.of();
    Set<Capability> mayDrop = Set.of();
    boolean lossless;
    Directive systemPrompt = Directive.NONE;
    Optional<Priority> priority = Optional.empty();

    Profile profile(String name, List<Profile.Entry> chain) {
        return new Profile(
                name,
                chain,
                limits,
                fallBackOn,
                attempts,
                spill,
                mayDrop,
                lossless,
                systemPrompt,
                Map.of(),
                retry,
                on,
                priority);
    }
}
