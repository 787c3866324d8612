package dev.signalbox.backend.llamacpp;

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
import java.util.stream.Stream;

/** Makes backends for llama.cpp's llama-server. Beside the options here it has those of {@link HttpOptions}. */
public final class LlamaCppBackendFactory implements BackendFactory {

    /** How answers are asked for that are wanted whole. */
    public static final Option<Boolean> STREAM_WHOLE_ANSWERS = Option.flag("stream-whole-answers")
            .doc(
                    "Asks for an answer that a client wants whole as a stream all the same and joins it: llama-server notices only"
                            + " while it streams that a client has left, and goes on for nobody otherwise.")
            .orElse(true);

    /** Which requests it takes. */
    public static final Option<Optional<List<String>>> DIALECTS = SaidDialects.option(LlamaCppBackend.DIALECTS);

    private static final String ADDRESS = "http://localhost:8080";

    /** Announced as the port of later builds. */
    private static final String LATER = "http://localhost:9931";

    private static final List<Option<?>> OPTIONS = HttpOptions.with(ADDRESS, STREAM_WHOLE_ANSWERS, DIALECTS);

    @Override
    public String type() {
        return "llamacpp";
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
        return LlamaCppBackend.of(config, context);
    }

    /** A llama-server at its usual port, which it shares with many, or at the one it is to have. */
    @Override
    public List<Discovery> discoveries() {
        return Stream.of(ADDRESS, LATER)
                .map(address -> new Discovery(
                        URI.create(address + "/props"),
                        Recogniser::recognises,
                        Map.of(HttpOptions.BASE_URL.name(), address)))
                .toList();
    }
}
