package dev.signalbox.backend.openai;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.ErrorRules;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a kind of server.
 *
 * @param name the word for it in configuration
 * @param health the path that says whether it is well; empty where only its list of models does
 * @param dialects what it takes
 * @param signs what tells whether this very server takes a dialect that only newer ones do
 * @param capabilities what all its models can or cannot do, as far as the server decides that
 * @param quirks what it cannot take as clients send it, in the order of their declaration
 * @param rules how to understand its errors
 */
record Preset(
        String name,
        Optional<String> health,
        Set<Dialect> dialects,
        Map<Dialect, Sign> signs,
        Map<Capability, Support> capabilities,
        List<Quirk> quirks,
        ErrorRules rules) {

    /**
     * Something a server has since it takes a dialect.
     *
     * @param path where it answers
     * @param member what the answer then has
     */
    record Sign(String path, String member) {}

    /** What a server of OpenAI's API can speak at all. */
    static final List<Dialect> SPOKEN = List.of(
            Dialect.OPENAI_CHAT,
            Dialect.OPENAI_COMPLETIONS,
            Dialect.OPENAI_EMBEDDINGS,
            Dialect.OPENAI_RESPONSES,
            Dialect.OPENAI_RERANK,
            Dialect.OPENAI_SCORE,
            Dialect.ANTHROPIC_MESSAGES);

    Preset {
        dialects = Set.copyOf(dialects);
        signs = Map.copyOf(signs);
        capabilities = Map.copyOf(capabilities);
        quirks = quirks.stream().sorted().distinct().toList();
    }

    /** The same with another path, or none if it is {@code none}. */
    Preset withHealth(String path) {
        Optional<String> asked = Optional.of(path).filter(one -> !one.equals("none"));
        return new Preset(name, asked, dialects, signs, capabilities, quirks, rules);
    }

    /** The same, taking these dialects whatever else is known. */
    Preset withDialects(Set<Dialect> spoken) {
        return new Preset(name, health, spoken, Map.of(), capabilities, quirks, rules);
    }

    /** The same with these quirks and no others. */
    Preset withQuirks(Collection<Quirk> some) {
        return new Preset(name, health, dialects, signs, capabilities, List.copyOf(some), rules);
    }
}
