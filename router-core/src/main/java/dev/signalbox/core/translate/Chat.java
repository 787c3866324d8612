package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;
import java.util.List;

/**
 * A request to a model that chats, in nobody's dialect. Immutable. It names no model: the engine does that last.
 *
 * @param turns what was said, in order; what the system says stands where it was said
 * @param tools what the model may call
 * @param sampling how its words are chosen, and how many
 * @param form what the answer has to look like
 * @param reasoning how much the model thinks first
 * @param user who asks
 * @param streamed whether the answer comes in pieces
 * @param usageWanted whether the client wants to hear of tokens at the end of a stream
 * @param origin the request itself
 */
public record Chat(
        List<Turn> turns,
        Tools tools,
        Sampling sampling,
        Form form,
        Reasoning reasoning,
        User user,
        boolean streamed,
        boolean usageWanted,
        Origin origin) {

    public Chat {
        turns = List.copyOf(turns);
    }

    /** The same with {@linkplain Tools#offered what may be called} in a dialect. */
    Chat offeredIn(Dialect spoken) {
        return new Chat(turns, tools.offered(spoken), sampling, form, reasoning, user, streamed, usageWanted, origin);
    }
}
