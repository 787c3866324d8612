package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The frames of a stream on their way to being one document, which is what llama-server would have said had it not
 * streamed. For one thread.
 */
interface Joining {

    /** How each dialect is joined. */
    Map<Dialect, Supplier<Joining>> OF = Map.of(
            Dialect.OPENAI_CHAT,
            () -> new JoinedAnswer(true),
            Dialect.OPENAI_COMPLETIONS,
            () -> new JoinedAnswer(false),
            Dialect.OPENAI_RESPONSES,
            JoinedResponse::new,
            Dialect.ANTHROPIC_MESSAGES,
            JoinedMessage::new);

    /** One that has got nothing yet; empty if streams of that dialect are not joined. */
    static Optional<Joining> of(Dialect dialect) {
        return Optional.ofNullable(OF.get(dialect)).map(Supplier::get);
    }

    /** Takes what the next frame brings. */
    void add(JsonNode frame);

    /** Whether everything is there that the document needs. */
    boolean isFinished();

    /** Whether nothing comes any more, even if the stream has not ended. */
    boolean isOver();

    /** The document. */
    byte[] whole();
}
