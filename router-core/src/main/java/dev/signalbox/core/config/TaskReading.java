package dev.signalbox.core.config;

import dev.signalbox.api.TaskTable;
import dev.signalbox.api.TaskTable.Role;
import dev.signalbox.api.TaskTable.Urgency;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/** Reads the section {@code tasks}. */
record TaskReading(Reading reading) {

    /** What stands below the prefix beside the roles. */
    private static final Set<String> PATHS = Set.of("route", "roles", "batch", "models", "memory", "health");

    /** What it says; to be used only if no problem was noted. */
    Optional<Tasks> read(ConfigNode node) {
        return reading.table(node, "a table such as { roles: { coder: { use: PROFILE } } }")
                .map(table -> tasks(reading.config(TaskOptions.ALL, table, "an option of tasks")));
    }

    private Tasks tasks(PluginConfig config) {
        Map<String, PluginConfig> written = config.find(TaskOptions.ROLES).orElse(Map.of());
        Set<String> names = written.keySet();
        if (config.has(TaskOptions.ROLES) && names.isEmpty()) {
            reading.problems().add(config.where().child("roles"), "an empty table; it needs at least one role");
        }
        Map<String, Use> uses = new HashMap<>();
        Map<String, String> instructions = new HashMap<>();
        List<Role> roles = new ArrayList<>();
        written.forEach((name, said) -> {
            roles.add(role(name, said));
            said.find(TaskOptions.USE).flatMap(reading::anyUse).ifPresent(use -> uses.put(name, use));
            said.get(TaskOptions.INSTRUCTION).ifPresent(text -> instructions.put(name, text));
        });
        TaskTable table = new TaskTable(
                roles,
                types(config.get(TaskOptions.TYPES), names),
                config.get(TaskOptions.OTHERWISE).flatMap(node -> roleNamed(node, names)),
                config.get(TaskOptions.URGENCY).stream()
                        .flatMap(rule -> urgency(rule, names).stream())
                        .toList());
        return new Tasks(
                table,
                uses,
                instructions,
                template(config),
                maxTokens(config),
                config.get(TaskOptions.MOST_TOKENS),
                config.get(TaskOptions.TEMPERATURE).map(String::valueOf));
    }

    private Role role(String name, PluginConfig said) {
        reading.requireName(said.where(), "role", name);
        if (PATHS.contains(name)) {
            reading.problems().add(said.where(), "\"%s\" is a path already. Call the role otherwise".formatted(name));
        }
        String title = said.get(TaskOptions.TITLE).orElseGet(() -> capital(name));
        return new Role(name, title, said.get(TaskOptions.DESCRIPTION));
    }

    private static String capital(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private SequencedMap<String, String> types(Map<String, ConfigNode> written, Set<String> roles) {
        SequencedMap<String, String> types = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        written.forEach((type, node) -> {
            if (!seen.add(Reading.key(type))) {
                reading.problems()
                        .add(node.where(), "\"%s\" stands here twice; types compare without case".formatted(type));
            }
            roleNamed(node, roles).ifPresent(role -> types.put(Reading.key(type), role));
        });
        return types;
    }

    private Optional<Urgency> urgency(PluginConfig rule, Set<String> names) {
        Set<String> roles = new LinkedHashSet<>();
        rule.get(TaskOptions.ROLE).forEach(node -> roleNamed(node, names).ifPresent(roles::add));
        Set<String> except = new LinkedHashSet<>();
        rule.get(TaskOptions.EXCEPT).forEach(type -> except.add(Reading.key(type)));
        Optional<String> use = rule.find(TaskOptions.INSTEAD).flatMap(node -> roleNamed(node, names));
        Optional<String> level = rule.find(TaskOptions.IS).map(Reading::key);
        return level.isEmpty() || use.isEmpty()
                ? Optional.empty()
                : Optional.of(new Urgency(level.get(), roles, except, use.get()));
    }

    private Optional<String> roleNamed(ConfigNode node, Set<String> names) {
        Optional<String> name = reading.text(node, "a role's name");
        if (name.isPresent() && !names.contains(name.get())) {
            reading.problems().unknown(node.where(), "a role under tasks.roles", name.get(), names);
            return Optional.empty();
        }
        return name;
    }

    private TaskTemplate template(PluginConfig config) {
        TaskTemplate template = new TaskTemplate(config.get(TaskOptions.TEMPLATE));
        if (!template.whole()) {
            reading.problems()
                    .add(
                            config.where().child(TaskOptions.TEMPLATE.name()),
                            "needs a place for {context} and one for {prompt}");
        }
        return template;
    }

    private OptionalLong maxTokens(PluginConfig config) {
        Optional<Long> usual = config.get(TaskOptions.MAX_TOKENS);
        long most = config.get(TaskOptions.MOST_TOKENS);
        if (usual.isPresent() && usual.get() > most) {
            Where where = config.where().child(TaskOptions.MAX_TOKENS.name());
            reading.problems().add(where, "%d is more than most-tokens, %d".formatted(usual.get(), most));
        }
        return usual.isPresent() ? OptionalLong.of(usual.get()) : OptionalLong.empty();
    }
}
