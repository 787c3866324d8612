package dev.signalbox.guard.health;

import java.util.Locale;

/** How well something is. */
enum Level {
    /** Nothing speaks against it. */
    HEALTHY,
    /** It has failed, not yet so often that anything is done. */
    DEGRADED,
    /** It answers much later than the best of its chain. */
    SLOW,
    /** It fails. */
    UNHEALTHY;

    /** The name in events and reports. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
