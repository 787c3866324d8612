package dev.signalbox.core.config;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param total the whole request, from arrival to the last byte
 * @param waiting in the waiting room
 * @param firstContent from being let in to the first content of a streamed reply
 * @param idle without any byte of a reply
 * @param maxOvertaken how long whoever can start may pass over whoever cannot
 */
public record Limits(Duration total, Duration waiting, Duration firstContent, Duration idle, Duration maxOvertaken) {

    /** What holds where nothing is said. None is short: local servers load for minutes and prefill in silence. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofHours(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(60));
}
