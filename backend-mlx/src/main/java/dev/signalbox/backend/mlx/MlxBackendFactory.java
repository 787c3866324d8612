package dev.signalbox.backend.mlx;

import dev.signalbox.backend.http.HttpOptions;
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
import java.util.function.Predicate;

/**
 * Makes backends for servers built on MLX: mlx_lm.server, mlx-vlm and mlx-omni-server. Beside the option here it has
 * those of {@link HttpOptions}.
 */
public final class MlxBackendFactory implements BackendFactory {

    /** Which of the servers it is. */
    public static final Option<String> FLAVOR = Option.word("flavor", Flavor.words())
            .doc("Which server it is: `lm` for mlx_lm.server, `vlm` for mlx-vlm, `omni` for mlx-omni-server; `auto` has"
                    + " probes find out.")
            .orElse(Flavor.AUTO);

    private static final String ADDRESS = "http://localhost:8080";
    private static final String OMNI_ADDRESS = "http://localhost:10240";
    private static final List<Option<?>> OPTIONS = HttpOptions.with(ADDRESS, FLAVOR);

    @Override
    public String type() {
        return "mlx";
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
        return MlxBackend.of(config, context);
    }

    /**
     * mlx_lm.server and mlx-vlm at 8080, mlx-omni-server at 10240. Many others listen at 8080: the one is known by a list
     * of models that is written as nobody else writes it, the other by the members of its health.
     */
    @Override
    public List<Discovery> discoveries() {
        return List.of(
                discovery(ADDRESS, "/v1/models", Flavor.LM, Signs::isListOfLm),
                discovery(ADDRESS, "/health", Flavor.VLM, Signs::isHealthOfVlm),
                discovery(OMNI_ADDRESS, "/v1/cache", Flavor.OMNI, Signs::isCacheOfOmni));
    }

    private static Discovery discovery(String address, String path, Flavor flavor, Predicate<String> sign) {
        return new Discovery(
                URI.create(address + path),
                answer -> answer.status() == 200
                        && answer.contentType().startsWith("application/json")
                        && sign.test(answer.body()),
                Map.of(HttpOptions.BASE_URL.name(), address, FLAVOR.name(), flavor.word()));
    }
}
