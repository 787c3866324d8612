package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the section {@code tasks} may say. */
public final class TaskOptions {

    static final Option<ConfigNode> USE =
            Option.node("use", "a profile, alias or target").doc("The profile, alias or target that does its tasks.");

    static final Option<Optional<String>> TITLE = Option.text("title")
            .doc("What answers call it in `agent`; its name with a capital, if nothing is said.")
            .optional();

    static final Option<String> DESCRIPTION =
            Option.text("description").doc("What it is good for.").orElse("");

    static final Option<Optional<String>> INSTRUCTION = Option.text("instruction")
            .doc("What the model is told before the task, as a system prompt.")
            .optional();

    static final Option<Map<String, PluginConfig>> ROLES = Option.mapOf(
                    "roles", Option.group("role", List.of(USE, TITLE, DESCRIPTION, INSTRUCTION)))
            .doc("Who does tasks, by name: `{ coder: { use: coding } }`. Each is asked at `roles/NAME` and, shorter, at"
                    + " `NAME`.");

    static final Option<Map<String, ConfigNode>> TYPES = Option.mapOf("types", Option.node("role", "a role's name"))
            .doc("The role of each type of task, compared without case: `{ fix: coder, review: reviewer }`.")
            .orElse(Map.of());

    static final Option<Optional<ConfigNode>> OTHERWISE = Option.node("otherwise", "a role's name")
            .doc("The role of all other types. Without it they go to the `rules`, then to the `default`.")
            .optional();

    static final Option<String> IS = Option.text("is")
            .doc("How urgent the task has to be: `low`, `normal`, `high`, `critical` or a word of your own.");

    static final Option<List<ConfigNode>> ROLE = Option.listOf("role", Option.node("role", "a role's name"))
            .doc("Whose tasks the rule is about; everybody's, if nothing is said.")
            .orElse(List.of());

    static final Option<List<String>> EXCEPT = Option.listOf("except", Option.text("type"))
            .doc("Types of tasks that it is not about.")
            .orElse(List.of());

    static final Option<ConfigNode> INSTEAD =
            Option.node("use", "a role's name").doc("The role that does them instead.");

    static final Option<List<PluginConfig>> URGENCY = Option.listOf(
                    "urgency", Option.group("rule", List.of(IS, ROLE, EXCEPT, INSTEAD)))
            .doc(
                    "What the urgency of a task changes: `{ is: critical, role: architect, except: [ plan ], use: coder }`; the"
                            + " first that holds counts. A task that names its role keeps it.")
            .orElse(List.of());

    static final Option<String> TEMPLATE = Option.text("template")
            .doc(
                    "The prompt of a task with a context, with places for `{context}` and `{prompt}`. A task without one is"
                            + " asked as it is.")
            .orElse(TaskTemplate.PLAIN.text());

    static final Option<Optional<Long>> MAX_TOKENS = Option.integer("max-tokens", 1, 10_000_000)
            .doc("How long answers may be if the task does not say `max_tokens`; else the server decides.")
            .optional();

    static final Option<Long> MOST_TOKENS = Option.integer("most-tokens", 1, 10_000_000)
            .doc("How many `max_tokens` a task may ask for.")
            .orElse(131_072L);

    static final Option<Optional<Double>> TEMPERATURE = Option.decimal("temperature", 0, 2)
            .doc("What holds if the task does not say `temperature`; else the server decides.")
            .optional();

    /** All of them, in the order of the reference page. */
    public static final List<Option<?>> ALL =
            List.of(ROLES, TYPES, OTHERWISE, URGENCY, TEMPLATE, MAX_TOKENS, MOST_TOKENS, TEMPERATURE);

    private TaskOptions() {}
}
