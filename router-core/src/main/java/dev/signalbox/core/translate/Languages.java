package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Optional;

/** The dialects that can be said in each other. */
public final class Languages {

    /** Of several that a backend speaks, the first one is taken: the one that says most. */
    private static final List<Language> ALL = List.of(new OpenAiLanguage(), new AnthropicLanguage());

    private Languages() {}

    /** All of them, the one that says most first. */
    public static List<Language> all() {
        return ALL;
    }

    /** What is known of a dialect; empty if it cannot be translated. */
    public static Optional<Language> of(Dialect dialect) {
        return ALL.stream()
                .filter(language -> language.dialect().equals(dialect))
                .findFirst();
    }
}
