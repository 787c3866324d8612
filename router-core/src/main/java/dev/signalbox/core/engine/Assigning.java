package dev.signalbox.core.engine;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace.Ruled;
import dev.signalbox.api.TaskTable;
import dev.signalbox.api.TaskTable.Role;
import dev.signalbox.api.TaskTable.Urgency;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.config.Tasks;
import dev.signalbox.core.config.Use;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.spi.Near;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides who is to do a task: the role it names, else that of its type, which its urgency may change. */
final class Assigning {

    private static final String ROLE = "X-Signalbox-Role";

    private final Journey journey;
    private final ParsedRequest request;
    private final Tasks tasks;
    private final TaskTable table;
    private final List<Ruled> rules = new ArrayList<>(0);

    private Assigning(Journey journey, Tasks tasks) {
        this.journey = journey;
        this.request = journey.request();
        this.tasks = tasks;
        this.table = tasks.table();
    }

    /**
     * The decision.
     *
     * @throws Unroutable if the task names what is not there, or asks for more than it may
     */
    static Assignment of(Journey journey) {
        Optional<Tasks> tasks = journey.plan().settings().tasks();
        return tasks.isPresent() && journey.request().dialect().equals(Dialect.TASK)
                ? new Assigning(journey, tasks.get()).decide()
                : Assignment.NONE;
    }

    private Assignment decide() {
        String type = word("task_type", "general");
        String urgency = word("urgency", "normal");
        checkUrgency(urgency);
        checkTokens();
        Optional<Role> asked = asked();
        if (asked.isPresent()) {
            return assigned("role \"%s\" asked for".formatted(asked.get().name()), asked);
        }
        Optional<String> usual = Optional.ofNullable(table.types().get(type)).or(table::otherwise);
        Optional<String> role = usual.map(name -> urgent(urgency, type, name));
        String by = "task \"%s\"%s: role %s"
                .formatted(type, role.equals(usual) ? "" : ", urgency " + urgency, role.orElse("nobody's"));
        return assigned(by, role.flatMap(table::role));
    }

    private String word(String member, String otherwise) {
        String said = request.text(member).strip().toLowerCase(Locale.ROOT);
        return said.isEmpty() ? otherwise : said;
    }

    /** The role that the path or the body names. */
    private Optional<Role> asked() {
        String inBody = request.text("role").strip();
        String inHeader = request.headers().first(ROLE).orElse("").strip();
        if (!inBody.isEmpty() && !inHeader.isEmpty() && !inBody.equals(inHeader)) {
            throw refused(
                    "contradicting_roles",
                    "role: it is \"%s\", while \"%s\" is asked; one of them is enough".formatted(inBody, inHeader));
        }
        String name = inBody.isEmpty() ? inHeader : inBody;
        return name.isEmpty() ? Optional.empty() : Optional.of(table.role(name).orElseThrow(() -> unknown(name)));
    }

    private Unroutable unknown(String name) {
        List<String> names = table.roles().stream().map(Role::name).toList();
        return refused("unknown_role", "unknown role \"%s\". %s".formatted(name, Near.hint(name, names)));
    }

    private void checkUrgency(String urgency) {
        Set<String> levels = new LinkedHashSet<>(TaskTable.LEVELS);
        table.urgency().forEach(rule -> levels.add(rule.level()));
        if (!levels.contains(urgency)) {
            throw refused(
                    "unknown_urgency", "unknown urgency \"%s\". %s".formatted(urgency, Near.hint(urgency, levels)));
        }
    }

    private void checkTokens() {
        long wanted = request.maxTokens().orElse(0);
        if (wanted > tasks.mostTokens()) {
            throw refused(
                    "invalid_max_tokens",
                    "max_tokens: it is %d; at most %d are given (tasks.most-tokens)"
                            .formatted(wanted, tasks.mostTokens()));
        }
    }

    private Unroutable refused(String code, String message) {
        return new Unroutable(
                Problem.permanent(400, code, message), journey.trace().read());
    }

    /** The role that a task of that urgency goes to, which would be another one's. */
    private String urgent(String urgency, String type, String role) {
        for (int i = 0; i < table.urgency().size(); i++) {
            Urgency rule = table.urgency().get(i);
            boolean holds = rule.holds(urgency, type, role);
            rules.add(new Ruled(
                    "tasks.urgency[%d]".formatted(i + 1),
                    holds,
                    "urgency: %s (seen: %s), task: %s, role: %s".formatted(rule.level(), urgency, type, role)));
            if (holds) {
                return rule.use();
            }
        }
        return role;
    }

    private Assignment assigned(String by, Optional<Role> role) {
        List<Edit> edits = new ArrayList<>();
        role.ifPresent(who -> {
            edits.addAll(member("role", JsonText.quote(who.name())));
            edits.addAll(member("agent", JsonText.quote(who.title())));
            Optional.ofNullable(tasks.instructions().get(who.name()))
                    .ifPresent(text -> edits.addAll(member("instruction", JsonText.quote(text))));
        });
        edits.addAll(prompt());
        if (tasks.maxTokens().isPresent() && unsaid("max_tokens")) {
            edits.addAll(member("max_tokens", Long.toString(tasks.maxTokens().getAsLong())));
        }
        if (tasks.temperature().isPresent() && unsaid("temperature")) {
            edits.addAll(member("temperature", tasks.temperature().get()));
        }
        List<Use> use = role.flatMap(who -> Optional.ofNullable(tasks.uses().get(who.name()))).stream()
                .toList();
        return new Assignment(by, use, rules, edits);
    }

    /** The prompt and its context as one. */
    private List<Edit> prompt() {
        String context = request.text("context");
        if (context.isEmpty()) {
            return List.of();
        }
        String prompt = tasks.template().filled(context, request.text("prompt"));
        return List.of(Edit.replace("/prompt", JsonText.quote(prompt)), Edit.remove("/context"));
    }

    private boolean unsaid(String member) {
        return !request.members().contains(member) || request.isNull(member);
    }

    private List<Edit> member(String name, String json) {
        return List.of(
                request.members().contains(name) ? Edit.replace("/" + name, json) : Edit.insert("/" + name, json));
    }
}
