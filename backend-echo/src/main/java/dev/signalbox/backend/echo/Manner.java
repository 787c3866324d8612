package dev.signalbox.backend.echo;

import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Map;

/** How a dialect puts what is said: as one JSON text, or as frames that are ready to be sent. */
interface Manner {

    /** Each dialect's own. */
    Map<Dialect, Manner> OF = Map.of(
            Dialect.OPENAI_CHAT, new OpenAiChat(),
            Dialect.OPENAI_COMPLETIONS, new OpenAiCompletions(),
            Dialect.OLLAMA_CHAT, new OllamaChat(),
            Dialect.OLLAMA_GENERATE, new OllamaGenerate(),
            Dialect.ANTHROPIC_MESSAGES, new AnthropicMessages());

    /** The answer as one JSON text. */
    String whole(Said said);

    /** The frames in front of all content; may be none. */
    List<String> opening(Said said);

    /** The frame of one word. */
    String word(Said said, String piece);

    /** The frame of a call of a tool. */
    String call(Said said, String tool);

    /**
     * The frames behind all content.
     *
     * @param usage whether the client asked for the tokens where it has to
     */
    List<String> closing(Said said, boolean usage);

    /** A frame that tells an error. */
    String error(String words);
}
