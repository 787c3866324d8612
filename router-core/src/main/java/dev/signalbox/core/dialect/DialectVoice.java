package dev.signalbox.core.dialect;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException.Problem;
import java.time.Instant;
import java.util.Optional;

/** What the router itself says to a client, in the client's dialect. Immutable. */
public interface DialectVoice {

    /** The voice for clients of that dialect; one nobody knows is spoken to as OpenAI would, in its own framing. */
    static DialectVoice of(Dialect dialect) {
        return switch (dialect.family()) {
            case "anthropic" -> new AnthropicVoice();
            case "ollama" -> new OllamaVoice(dialect);
            case "task" -> new TaskVoice();
            default -> new OpenAiVoice(dialect);
        };
    }

    /** The HTTP status for a problem: its own, but for what only this dialect has. */
    default int status(Problem problem) {
        return problem.status();
    }

    /** Where its clients look for the id of an answer, if not in {@code x-request-id}. */
    default Optional<String> idHeader() {
        return Optional.empty();
    }

    /** The body of an answer that is an error: a JSON document. */
    byte[] error(Problem problem, String traceId);

    /** The error as the only frame of a stream. */
    default byte[] errorFrame(Problem problem, String traceId) {
        return errorFrame(problem, traceId, new byte[0]);
    }

    /**
     * The error as the last frame of a stream that has begun.
     *
     * @param before what the client got last, as far as the dialect counts its events; nothing if it got none
     */
    byte[] errorFrame(Problem problem, String traceId, byte[] before);

    /**
     * A frame that every client passes over, to keep a silent connection alive; empty in a dialect whose answers are whole.
     *
     * @param model the model's name, as the client wrote it
     * @param now the time to stamp it with, where the dialect wants one
     */
    byte[] heartbeat(String model, Instant now);

    /** The content type of an answer that the router makes. */
    String contentType(boolean streamed);
}
