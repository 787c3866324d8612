package dev.signalbox.server.listen;

import dev.signalbox.server.ingress.TaskSettings;
import java.util.Optional;

/**
 * Where tasks are served, if the router does any.
 *
 * @param port their own port; 0 takes a free one; empty: beside everything else
 * @param settings how
 */
public record TaskPlace(Optional<Integer> port, TaskSettings settings) {

    /** Beside everything else. */
    public static final TaskPlace DEFAULT = new TaskPlace(Optional.empty(), TaskSettings.DEFAULT);
}
