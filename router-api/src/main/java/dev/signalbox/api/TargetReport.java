package dev.signalbox.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one target is, for whoever operates the router.
 *
 * @param target which
 * @param type the type of its backend
 * @param state how it is
 * @param model what is known of the model
 * @param verdicts what guards would say of it, one line each; empty if nobody objects
 * @param inFlight requests it is answering for us
 * @param waiting requests in the waiting room that could go to it
 * @param probed when its backend was last probed; empty before the first probe ended
 * @param detail what the last probe said in words; empty if there is nothing to say
 */
public record TargetReport(
        Target target,
        String type,
        BackendState state,
        ModelInfo model,
        List<String> verdicts,
        int inFlight,
        int waiting,
        Optional<Instant> probed,
        String detail) {

    public TargetReport {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether its server can answer: it says so, or it was asked and is of a kind that does not tell. */
    public boolean canAnswer() {
        return switch (state) {
            case READY, BUSY -> true;
            case UNKNOWN -> probed.isPresent();
            case LOADING, DOWN -> false;
        };
    }
}
