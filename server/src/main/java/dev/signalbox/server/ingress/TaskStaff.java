package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.JsonText;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Target;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.TaskTable;
import dev.signalbox.api.TaskTable.Role;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Routing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Tells who does tasks, whether they can, and what memory that takes. What nobody knows is {@code null}. */
final class TaskStaff {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double GB = 1e9;

    private final Routing routing;
    private final Glance<Health> health;

    /** What is told of health: it asks the router for every role, and whoever wants may ask it. */
    private record Health(boolean well, ObjectNode json) {}

    TaskStaff(Routing routing, LongSupplier nanos) {
        this.routing = routing;
        this.health = new Glance<>(nanos, this::look);
    }

    /** The roles with the model each would be asked now, and the rules that lead to them. */
    void models(Exchange exchange) throws InterruptedException {
        TaskTable table = table();
        Map<Target, TargetReport> reports = reports();
        ObjectNode json = Json.object();
        ArrayNode models = json.putArray("models");
        for (Role role : table.roles()) {
            models.add(model(role, reports));
        }
        json.put("total", table.roles().size());
        json.set("routing_rules", rules(table));
        send(exchange, 200, json);
    }

    private ObjectNode model(Role role, Map<Target, TargetReport> reports) throws InterruptedException {
        Optional<Target> target =
                standing(role).stream().map(RouteTrace.Standing::target).findFirst();
        Optional<TargetReport> report = target.flatMap(each -> Optional.ofNullable(reports.get(each)));
        ObjectNode json = Json.object();
        json.set(
                "model",
                target.<JsonNode>map(each -> NODES.textNode(each.model())).orElseGet(NODES::nullNode));
        json.put("name", role.title());
        json.put("role", role.name());
        json.set("memory_gb", gigabytes(bytes(report)));
        json.set(
                "type",
                report.<JsonNode>map(each -> NODES.textNode(each.type())).orElseGet(NODES::nullNode));
        json.put("description", role.description());
        json.set("context_length", context(report));
        return json;
    }

    private static OptionalLong bytes(Optional<TargetReport> report) {
        return report.map(each -> each.model().memoryBytes()).orElseGet(OptionalLong::empty);
    }

    private static JsonNode context(Optional<TargetReport> report) {
        OptionalLong tokens = report.map(each -> each.model().contextTokens()).orElseGet(OptionalLong::empty);
        return tokens.isPresent() ? NODES.numberNode(tokens.getAsLong()) : NODES.nullNode();
    }

    private static ObjectNode rules(TaskTable table) {
        ObjectNode rules = Json.object();
        ObjectNode types = rules.putObject("task_types");
        table.types().forEach(types::put);
        rules.set("otherwise", table.otherwise().<JsonNode>map(NODES::textNode).orElseGet(NODES::nullNode));
        ArrayNode urgency = rules.putArray("urgency");
        table.urgency().forEach(rule -> {
            ObjectNode one = urgency.addObject().put("is", rule.level());
            ArrayNode roles = one.putArray("role");
            rule.roles().stream().sorted().forEach(roles::add);
            ArrayNode except = one.putArray("except");
            rule.except().stream().sorted().forEach(except::add);
            one.put("use", rule.use());
        });
        return rules;
    }

    /** How much memory models take, as far as their servers tell, and how much there is, as far as it is counted. */
    void memory(Exchange exchange) {
        Machines machines = Machines.of(routing);
        ObjectNode json = Json.object();
        put(json, used(), machines.all());
        ArrayNode hosts = json.putArray("hosts");
        for (HostView host : routing.hosts()) {
            ObjectNode one = hosts.addObject().put("host", host.name());
            put(one, used(host), machines.named(host.name()));
            ArrayNode models = one.putArray("models");
            host.residents().forEach(target -> models.add(target.toString()));
        }
        send(exchange, 200, json);
    }

    private static void put(ObjectNode json, OptionalLong used, Optional<Machines.Machine> machine) {
        json.set("total_gb", gigabytes(capacity(machine)));
        json.set("used_gb", gigabytes(used));
        json.set("available_gb", gigabytes(available(machine)));
        json.set("percent_used", percent(machine));
    }

    private static OptionalLong capacity(Optional<Machines.Machine> machine) {
        return machine.map(each -> OptionalLong.of(each.capacity())).orElseGet(OptionalLong::empty);
    }

    private static OptionalLong available(Optional<Machines.Machine> machine) {
        return machine.map(each -> OptionalLong.of(each.free())).orElseGet(OptionalLong::empty);
    }

    private static JsonNode percent(Optional<Machines.Machine> machine) {
        return machine.<JsonNode>map(each -> NODES.numberNode(each.percentUsed()))
                .orElseGet(NODES::nullNode);
    }

    private static OptionalLong used(HostView host) {
        return tells(host) ? OptionalLong.of(host.residentBytes()) : OptionalLong.empty();
    }

    /** What is known of all hosts together; empty if none tells anything. */
    private OptionalLong used() {
        List<HostView> telling =
                routing.hosts().stream().filter(TaskStaff::tells).toList();
        return telling.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        telling.stream().mapToLong(HostView::residentBytes).sum());
    }

    /** Whether a server on that host says what it has in memory, and how large something of it is. */
    private static boolean tells(HostView host) {
        boolean listed = host.offers().stream()
                .anyMatch(offer -> offer.reported().loaded().isPresent());
        return listed && (host.residents().isEmpty() || host.residentBytes() > 0);
    }

    /** 200 if every role has somebody who can do its tasks, else 503; looked at once a second at most. */
    void health(Exchange exchange) throws InterruptedException {
        Health seen = health.get();
        send(exchange, seen.well ? 200 : 503, seen.json);
    }

    private Health look() throws InterruptedException {
        Map<Target, TargetReport> reports = reports();
        ObjectNode roles = Json.object();
        boolean well = true;
        for (Role role : table().roles()) {
            boolean done = standing(role).stream().anyMatch(each -> canDo(each, reports));
            roles.put(role.name(), done);
            well &= done;
        }
        boolean reached = reports.values().stream().anyMatch(TargetReport::canAnswer);
        ObjectNode json = Json.object()
                .put("status", well ? "healthy" : "unhealthy")
                .put("ollama", reached ? "connected" : "disconnected");
        json.set("roles", roles);
        ObjectNode memory = json.putObject("memory");
        Optional<Machines.Machine> all = Machines.of(routing).all();
        memory.set("used_gb", inWords(used()));
        memory.set("available_gb", inWords(available(all)));
        memory.set("percent", percent(all));
        json.put("timestamp", Instant.now().toString());
        return new Health(well, json);
    }

    private static JsonNode inWords(OptionalLong bytes) {
        return bytes.isPresent()
                ? NODES.textNode(String.format(Locale.ROOT, "%.2f", bytes.getAsLong() / GB))
                : NODES.nullNode();
    }

    private static boolean canDo(RouteTrace.Standing standing, Map<Target, TargetReport> reports) {
        TargetReport report = reports.get(standing.target());
        return !standing.verdict().equals("excluded") && report != null && report.canAnswer();
    }

    /** How the targets stand that would be asked to do a task of that role now. */
    private List<RouteTrace.Standing> standing(Role role) throws InterruptedException {
        String task = "{\"prompt\":\"?\",\"role\":%s}".formatted(JsonText.quote(role.name()));
        return routing.explain(RouteRequest.of(Dialect.TASK, Body.of(task))).chain();
    }

    private Map<Target, TargetReport> reports() {
        Map<Target, TargetReport> reports = new HashMap<>();
        routing.targets().forEach(report -> reports.put(report.target(), report));
        return reports;
    }

    private TaskTable table() {
        return routing.tasks()
                .orElseThrow(() -> Refused.permanent(404, "no_tasks", "There is no section tasks any more."));
    }

    private static JsonNode gigabytes(OptionalLong bytes) {
        return bytes.isPresent()
                ? NODES.numberNode(Math.round(bytes.getAsLong() / GB * 100) / 100.0)
                : NODES.nullNode();
    }

    private static void send(Exchange exchange, int status, ObjectNode json) {
        exchange.send(status, "application/json", Json.bytes(json));
    }
}
