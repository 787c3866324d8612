package dev.signalbox.backend.llamacpp;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import java.util.stream.Stream;

/** The header that makes a llama-server go on although its client has left, so that a router could end nothing. */
final class ConversationId {

    private static final String HEADER = "X-Conversation-Id";

    private ConversationId() {}

    /**
     * Nobody may configure it.
     *
     * @throws ConfigurationException if somebody does
     */
    static void refuse(PluginConfig config) {
        refuse(config, HttpOptions.PASS_HEADERS.name(), config.get(HttpOptions.PASS_HEADERS).stream());
        refuse(config, HttpOptions.HEADERS.name(), config.get(HttpOptions.HEADERS).keySet().stream());
    }

    private static void refuse(PluginConfig config, String option, Stream<String> names) {
        if (names.anyMatch(HEADER::equalsIgnoreCase)) {
            throw new ConfigurationException(
                    config.where().child(option),
                    "%s makes llama-server go on after its client has left, so it cannot be sent".formatted(HEADER));
        }
    }
}
