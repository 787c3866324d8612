package dev.signalbox.core.engine;

import dev.signalbox.api.Priority;
import dev.signalbox.core.config.Profile;
import java.util.List;
import java.util.Optional;

/**
 * Where a request goes.
 *
 * @param by what decided, for the trace: {@code alias "gpt-4o"}, {@code rule 3}, {@code default} …
 * @param profile the profile, the built-in one for a single target
 * @param fallback whether the chain may be gone past its first entry
 * @param priority what an alias says of it; empty if it says nothing
 */
record Choice(String by, Profile profile, boolean fallback, Optional<Priority> priority) {

    /** As long as nothing has decided. */
    static final Choice OPEN = new Choice("", Profile.of("", List.of()), true);

    Choice(String by, Profile profile, boolean fallback) {
        this(by, profile, fallback, Optional.empty());
    }

    /** The same, but its first entry answers or nobody does. */
    Choice withoutFallback() {
        return new Choice(by, profile, false, priority);
    }
}
