package dev.signalbox.backend.anthropic;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.util.List;
import java.util.Optional;

/** Makes backends for Anthropic. Beside the options here it has those of {@link HttpOptions}. */
public final class AnthropicBackendFactory implements BackendFactory {

    /** The key to send. */
    public static final Option<Optional<String>> API_KEY = Option.text(HttpOptions.API_KEY.name())
            .doc("The key to send as `x-api-key`. Nothing is sent without it.")
            .secret()
            .optional();

    /** The version for clients that name none. */
    public static final Option<String> VERSION = Option.text("version")
            .doc("The `anthropic-version` of requests whose client names none, such as those of OpenAI's API.")
            .orElse("2023-06-01");

    /** What is not settled yet and to be used all the same. */
    public static final Option<List<String>> BETAS = Option.listOf("betas", Option.text("beta"))
            .doc("Words to add to the `anthropic-beta` of every request, beside those of its client.")
            .orElse(List.of());

    private static final List<Option<?>> OPTIONS =
            HttpOptions.with("https://api.anthropic.com", API_KEY, VERSION, BETAS);

    @Override
    public String type() {
        return "anthropic";
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
        return AnthropicBackend.of(config, context);
    }
}
