package dev.signalbox.guard.memory;

import java.time.Duration;

/**
 * Why something is not to be asked now.
 *
 * @param who the target, or the machine
 * @param mark what happened
 * @param left until it may be asked again
 * @param ago since it happened
 */
record Cooling(String who, Mark mark, Duration left, Duration ago) {

    /** In words. */
    String reason() {
        String size = mark.size().equals(SizeClass.ANY)
                ? ""
                : " with more than %,d tokens".formatted(mark.size().fewest() - 1);
        return "%s ran out of memory%s %d s ago; asked again in %d s"
                .formatted(who, size, ago.toSeconds(), wholeSeconds().toSeconds());
    }

    /** What is left in whole seconds, at least one. */
    Duration wholeSeconds() {
        return Duration.ofSeconds(Math.max(1, left.plusNanos(999_999_999).toSeconds()));
    }
}
