package dev.signalbox.core.room;

import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.SequencedMap;

/**
 * One who waits, for reports.
 *
 * @param priority the class it has risen to
 * @param waited how long it has waited
 * @param heldUp what keeps it out of each target, best target first
 */
public record Waiting(Priority priority, Duration waited, SequencedMap<Target, String> heldUp) {}
