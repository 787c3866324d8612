package dev.signalbox.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Who does which task: what a router with task routing tells whoever serves it. Immutable.
 *
 * @param roles in the order they were written; at least one
 * @param types the role of each type of task, by its name in lower case
 * @param otherwise the role of every other type; empty if those go where nothing else decides
 * @param urgency the rules by which a task's urgency changes its role; the first that holds counts
 */
public record TaskTable(
        List<Role> roles, SequencedMap<String, String> types, Optional<String> otherwise, List<Urgency> urgency) {

    /** How urgent a task may be in any table; rules may name more. */
    public static final List<String> LEVELS = List.of("low", "normal", "high", "critical");

    public TaskTable {
        roles = List.copyOf(roles);
        types = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(types));
        urgency = List.copyOf(urgency);
    }

    /**
     * Somebody who does tasks.
     *
     * @param name its name in paths, bodies and traces
     * @param title what answers call it
     * @param description what it is good for; may be empty
     */
    public record Role(String name, String title, String description) {}

    /**
     * A rule about urgent tasks.
     *
     * @param level how urgent the task has to be
     * @param roles whose tasks it is about; empty for everybody's
     * @param except types of tasks that it is not about, in lower case
     * @param use the role that does the task instead
     */
    public record Urgency(String level, Set<String> roles, Set<String> except, String use) {
        public Urgency {
            roles = Set.copyOf(roles);
            except = Set.copyOf(except);
        }

        /** Whether it holds for a task of that type, of that urgency, which is that role's. */
        public boolean holds(String urgent, String type, String role) {
            return level.equals(urgent) && (roles.isEmpty() || roles.contains(role)) && !except.contains(type);
        }
    }

    /** The role of that name, if there is one. */
    public Optional<Role> role(String name) {
        return roles.stream().filter(role -> role.name().equals(name)).findFirst();
    }
}
