package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.LoadSignal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What probes have found out about a backend. A list of models, once read, is kept while the server is down.
 *
 * @param state how it is
 * @param since when a probe first saw it like that; empty before the first
 * @param models the models it listed last; empty if it never did
 * @param dialects what this server speaks; empty if that was not found out
 * @param load how busy it said it was
 * @param probed when the last probe ended; empty before the first
 * @param detail what the last probe said in words
 */
record Known(
        BackendState state,
        Optional<Instant> since,
        Optional<List<ModelInfo>> models,
        Optional<Set<Dialect>> dialects,
        Optional<LoadSignal.Load> load,
        Optional<Instant> probed,
        String detail) {

    static final Known NOTHING = new Known(
            BackendState.UNKNOWN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "");

    /** This and what a probe saw at that time. */
    Known and(BackendStatus status, Instant at) {
        return new Known(
                status.state(),
                status.state() == state && since.isPresent() ? since : Optional.of(at),
                status.models().or(this::models),
                status.dialects().or(this::dialects),
                status.load(),
                Optional.of(at),
                status.detail());
    }
}
