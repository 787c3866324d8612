package dev.signalbox.backend.ollama;

import dev.signalbox.api.Dialect;
import dev.signalbox.backend.http.SaidDialects;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which APIs an Ollama is spoken to in.
 *
 * @param said what configuration says it takes, whatever its version; empty if it does not say
 * @param own whether chats are said in Ollama's own API only
 */
record Spoken(Optional<Set<Dialect>> said, boolean own) {

    /** The chats that can be said in Ollama's own API as well. */
    private static final Set<Dialect> FOREIGN =
            Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_RESPONSES, Dialect.ANTHROPIC_MESSAGES);

    /**
     * What configuration says.
     *
     * @throws ConfigurationException if it contradicts itself
     */
    static Spoken read(PluginConfig config) {
        Optional<Set<Dialect>> said = SaidDialects.read(config, OllamaBackendFactory.DIALECTS, OllamaBackend.DIALECTS);
        Spoken spoken = new Spoken(said, config.get(OllamaBackendFactory.SPEAK).isPresent());
        if (spoken.own && !spoken.byType().contains(Dialect.OLLAMA_CHAT)) {
            throw new ConfigurationException(
                    config.where().child(OllamaBackendFactory.SPEAK.name()),
                    "`dialects` leaves ollama.chat out; name it there too");
        }
        if (config.has(OllamaBackendFactory.NUM_CTX) && !Collections.disjoint(spoken.byType(), FOREIGN)) {
            throw new ConfigurationException(
                    config.where().child(OllamaBackendFactory.NUM_CTX.name()),
                    "needs `speak: ollama.chat` beside it: the other APIs have no word for it, and whoever says nothing"
                            + " has the model loaded again");
        }
        return spoken;
    }

    /** Whatever version it is. */
    Set<Dialect> byType() {
        return narrowed(said.orElse(OllamaBackend.DIALECTS));
    }

    /** Of a server of that version. */
    Set<Dialect> by(Version version) {
        return narrowed(said.orElseGet(() -> known(version)));
    }

    private static Set<Dialect> known(Version version) {
        Set<Dialect> known = new HashSet<>(OllamaBackend.DIALECTS);
        if (!version.isAtLeast(0, 13, 3)) {
            known.remove(Dialect.OPENAI_RESPONSES);
        }
        if (!version.isAtLeast(0, 14, 0)) {
            known.remove(Dialect.ANTHROPIC_MESSAGES);
        }
        return known;
    }

    private Set<Dialect> narrowed(Set<Dialect> dialects) {
        Set<Dialect> narrowed = new HashSet<>(dialects);
        if (own) {
            narrowed.removeAll(FOREIGN);
        }
        return Set.copyOf(narrowed);
    }
}
