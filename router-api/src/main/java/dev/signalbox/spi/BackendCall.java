package dev.signalbox.spi;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;

/**
 * One request to one backend, ready to be sent.
 *
 * @param request what the client asked, as it came; for reading only
 * @param dialect one of the backend's dialects
 * @param model the model, which the body names too
 * @param streamed whether the client asked for frames
 * @param body the bytes to send; all edits are made
 * @param headers what the client sent, credentials included; the backend takes what may cross
 * @param via what to add to the header {@code Via}, so that a loop of routers is seen
 * @param deadline when it must have ended
 * @param cancellation ends it from any thread
 */
public record BackendCall(
        RequestView request,
        Dialect dialect,
        String model,
        boolean streamed,
        Body body,
        Headers headers,
        String via,
        Deadline deadline,
        Cancellation cancellation) {

    /** The same call as if the client had sent these headers. */
    public BackendCall withHeaders(Headers others) {
        return new BackendCall(request, dialect, model, streamed, body, others, via, deadline, cancellation);
    }

    /** The same call with another deadline. */
    public BackendCall withDeadline(Deadline other) {
        return new BackendCall(request, dialect, model, streamed, body, headers, via, other, cancellation);
    }
}
