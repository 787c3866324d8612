package dev.signalbox.core.config;

import dev.signalbox.api.FailureKind;
import java.time.Duration;
import java.util.Set;

/**
 * Trying the same target again before another one. Places are given back while it waits.
 *
 * @param times how often at most; 0: never
 * @param backoff how long it waits the first time, which doubles each time; half of it to one and a half times of it
 * @param on the kinds of failure after which it does
 */
public record Retry(int times, Duration backoff, Set<FailureKind> on) {

    /** Never. */
    public static final Retry NEVER = new Retry(0, Duration.ofMillis(500), Set.of());

    public Retry {
        on = Set.copyOf(on);
    }

    /** Whether it is tried again after that kind of failure, having been tried again so often before. */
    public boolean again(FailureKind kind, int before) {
        return before < times && on.contains(kind);
    }

    /**
     * How long it waits.
     *
     * @param before how often it was tried again before
     * @param chance 0 to 1, so that many do not come back at once
     */
    public Duration pause(int before, double chance) {
        double nanos = backoff.toNanos() * Math.pow(2, Math.min(before, 30)) * (0.5 + chance);
        return Duration.ofNanos((long) Math.min(nanos, Long.MAX_VALUE / 4.0));
    }
}
