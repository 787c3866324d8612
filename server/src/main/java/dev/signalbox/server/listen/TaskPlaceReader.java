package dev.signalbox.server.listen;

import dev.signalbox.server.ingress.TaskSettings;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads where tasks are served. */
record TaskPlaceReader(Problems problems) {

    private static final Pattern PREFIX = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");

    /** Where other things are served on the main port. */
    private static final Set<String> TAKEN = Set.of(
            "/",
            "/v1",
            "/api",
            "/signalbox",
            "/health",
            "/models",
            "/chat",
            "/completions",
            "/embeddings",
            "/responses",
            "/messages",
            "/rerank",
            "/score");

    /** The place; to be used only if no problem was noted. */
    TaskPlace read(PluginConfig said) {
        Optional<Integer> port = said.get(ServerOptions.TASKS_PORT).map(Math::toIntExact);
        String usual = port.isPresent() ? "/" : TaskSettings.DEFAULT.prefix();
        String prefix = said.get(ServerOptions.TASKS_PREFIX).orElse(usual);
        check(prefix, port.isPresent(), said);
        TaskSettings settings = new TaskSettings(
                prefix,
                Math.toIntExact(said.get(ServerOptions.BATCH_ITEMS)),
                Math.toIntExact(said.get(ServerOptions.BATCH_AT_ONCE)));
        return new TaskPlace(port, settings);
    }

    private void check(String prefix, boolean alone, PluginConfig said) {
        if (!PREFIX.matcher(prefix).matches()) {
            problems.add(
                    said.where().child(ServerOptions.TASKS_PREFIX.name()),
                    "\"%s\" is not a path such as /tasks, which begins with a slash and ends without one"
                            .formatted(prefix));
        } else if (!alone && TAKEN.contains(first(prefix))) {
            problems.add(
                    said.where().child(ServerOptions.TASKS_PREFIX.name()),
                    "other things are served at \"%s\". Choose another prefix such as /tasks, or give tasks a port"
                            .formatted(first(prefix)));
        }
    }

    private static String first(String prefix) {
        int second = prefix.indexOf('/', 1);
        return second < 0 ? prefix : prefix.substring(0, second);
    }
}
