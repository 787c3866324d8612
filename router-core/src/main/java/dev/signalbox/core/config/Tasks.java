package dev.signalbox.core.config;

import dev.signalbox.api.TaskTable;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What configuration says about tasks.
 *
 * @param table who does which
 * @param uses where each role leads, by its name
 * @param instructions what roles are told before their task, by their names; roles that are told nothing have none
 * @param template the prompt of a task that has a context
 * @param maxTokens how many tokens an answer may have if the task does not say; empty if that is left to the server
 * @param mostTokens how many a task may ask for
 * @param temperature what holds if the task does not say, as JSON; empty if that is left to the server
 */
public record Tasks(
        TaskTable table,
        Map<String, Use> uses,
        Map<String, String> instructions,
        TaskTemplate template,
        OptionalLong maxTokens,
        long mostTokens,
        Optional<String> temperature) {

    public Tasks {
        uses = Map.copyOf(uses);
        instructions = Map.copyOf(instructions);
    }
}
