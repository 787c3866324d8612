package dev.signalbox.backend.ollama;

import dev.signalbox.api.Dialect;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.SaidDialects;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Discovery;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes backends for Ollama. Beside the options here it has those of {@link HttpOptions}. */
public final class OllamaBackendFactory implements BackendFactory {

    /** How long a model stays in memory. */
    public static final Option<Optional<String>> KEEP_ALIVE = Option.text("keep-alive")
            .doc(
                    "How long a model stays in memory after a request, such as `30m` or `forever`; without it as the server is"
                            + " set. Said when a model is loaded and in requests to Ollama's own API; the others have no word for it,"
                            + " so that it needs `speak: ollama.chat` to hold for their clients too.")
            .optional();

    /** In which API chats are said. */
    public static final Option<Optional<String>> SPEAK = Option.word("speak", List.of(Dialect.OLLAMA_CHAT.id()))
            .doc(
                    "`ollama.chat` says every chat in Ollama's own API, whichever API its client speaks: the others have no"
                            + " word for `num-ctx` and `keep-alive`, and hide why an answer broke off.")
            .optional();

    /** With which context models are loaded. */
    public static final Option<Map<String, Long>> NUM_CTX = Option.mapOf(
                    "num-ctx", Option.integer("tokens", 1, 100_000_000))
            .doc(
                    "How many tokens of context to have models loaded with, by name or else by the first pattern that fits:"
                            + " `{ \"qwen3*\": 65536, \"*\": 16384 }`; without it as the model and the server are set. Needs"
                            + " `speak: ollama.chat`. A request that says another number itself has the model loaded again.")
            .orElse(Map.of());

    /** Which requests it takes. */
    public static final Option<Optional<List<String>>> DIALECTS = SaidDialects.option(OllamaBackend.DIALECTS);

    private static final String ADDRESS = "http://localhost:11434";
    private static final List<Option<?>> OPTIONS = HttpOptions.with(ADDRESS, KEEP_ALIVE, SPEAK, NUM_CTX, DIALECTS);

    /** Others imitate the greeting; this answer has one member and nothing else. */
    private static final Pattern VERSION =
            Pattern.compile("\\s*\\{\\s*\"version\"\\s*:\\s*\"\\d+\\.\\d+[^\"]*\"\\s*}\\s*");

    @Override
    public String type() {
        return "ollama";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Backend create(PluginConfig config, PluginContext context) {
        return OllamaBackend.of(config, context);
    }

    /** Ollama at its usual port. */
    @Override
    public List<Discovery> discoveries() {
        return List.of(new Discovery(
                URI.create(ADDRESS + "/api/version"),
                answer ->
                        answer.status() == 200 && VERSION.matcher(answer.body()).matches(),
                Map.of(HttpOptions.BASE_URL.name(), ADDRESS)));
    }
}
