package dev.signalbox.backend.ollama;

import dev.signalbox.api.Edit;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a model stays in memory after a request.
 *
 * @param json as Ollama reads it: a duration of Go, or a negative number for ever
 */
record KeepAlive(String json) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(ms|s|m|h)){1,4}");
    private static final String MEMBER = "/keep_alive";

    /** Not a moment longer than the request: what unloads a model. */
    static final KeepAlive NOTHING = new KeepAlive("0");

    static Optional<KeepAlive> read(PluginConfig config) {
        return config.get(OllamaBackendFactory.KEEP_ALIVE).map(text -> read(text.strip(), config));
    }

    private static KeepAlive read(String text, PluginConfig config) {
        if (text.equals("forever")) {
            return new KeepAlive("-1");
        }
        if (!DURATION.matcher(text).matches()) {
            throw new ConfigurationException(
                    config.where().child(OllamaBackendFactory.KEEP_ALIVE.name()),
                    "\"%s\" is neither `forever` nor a duration such as 30m or 24h".formatted(text));
        }
        return new KeepAlive("\"" + text + "\"");
    }

    /** That long, or for ever. */
    static KeepAlive of(Duration time) {
        return new KeepAlive(
                time.compareTo(ModelLifecycle.FOR_EVER) >= 0 ? "-1" : "\"%ds\"".formatted(time.toSeconds()));
    }

    /** The edits that make a request say it, unless it says something itself. */
    List<Edit> edits(RequestView request) {
        return request.raw(MEMBER).isEmpty() ? List.of(Edit.insert(MEMBER, json)) : List.of();
    }
}
