package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The dialects that can be said in each other. */
public final class Languages {

    /** Of several that a backend speaks, the first one is taken: the one that says most. */
    private static final List<Language> ALL =
            List.of(new OpenAiLanguage(), new AnthropicLanguage(), new OllamaLanguage(), new ResponsesLanguage());

    /** A chat of several turns cannot be said in a dialect of one prompt. */
    private static final List<Asking> ASKING =
            Stream.concat(ALL.stream(), Stream.of(new OllamaGenerateAsking())).toList();

    private Languages() {}

    /** All of them, the one that says most first. */
    public static List<Language> all() {
        return ALL;
    }

    /** Those that clients may ask in: all of them, and those that can only be translated from. */
    public static List<Asking> asking() {
        return ASKING;
    }

    /** What is known of a dialect; empty if it cannot be translated to. */
    public static Optional<Language> of(Dialect dialect) {
        return ALL.stream()
                .filter(language -> language.dialect().equals(dialect))
                .findFirst();
    }
}
