package dev.signalbox.backend.vllm;

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

/** Makes backends for vLLM. Beside the options here it has those of {@link HttpOptions}. */
public final class VllmBackendFactory implements BackendFactory {

    /** Whether the limit of an answer is lowered to what fits. */
    public static final Option<Boolean> FIT_MAX_TOKENS = Option.flag("fit-max-tokens")
            .doc(
                    "Lowers `max_tokens` where prompt and answer together would not fit the model's context, which vLLM refuses."
                            + " The client is told.")
            .orElse(true);

    /** Which requests it takes. */
    public static final Option<Optional<List<String>>> DIALECTS = SaidDialects.option(Routes.known());

    private static final String ADDRESS = "http://localhost:8000";
    private static final List<Option<?>> OPTIONS = HttpOptions.with(ADDRESS, FIT_MAX_TOKENS, DIALECTS);

    @Override
    public String type() {
        return "vllm";
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
        return VllmBackend.of(config, context);
    }

    /** vLLM at its usual port, known by how it lists its models: half the world listens at 8000. */
    @Override
    public List<Discovery> discoveries() {
        return List.of(new Discovery(
                URI.create(ADDRESS + "/v1/models"),
                answer -> answer.status() == 200 && Listing.isSigned(answer.body()),
                Map.of(HttpOptions.BASE_URL.name(), ADDRESS)));
    }
}
