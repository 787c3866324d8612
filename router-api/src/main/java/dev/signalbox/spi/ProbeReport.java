package dev.signalbox.spi;

import dev.signalbox.api.BackendState;
import java.time.Duration;
import java.util.Optional;

/**
 * What a probe of a backend saw.
 *
 * @param backend the backend's name
 * @param before the state it had before
 * @param status what was seen; {@code DOWN} if the probe failed
 * @param failure why it failed; empty if it did not
 * @param took how long it took
 */
public record ProbeReport(
        String backend, BackendState before, BackendStatus status, Optional<Failure> failure, Duration took) {}
