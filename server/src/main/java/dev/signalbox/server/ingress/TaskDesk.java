package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.TaskTable;
import dev.signalbox.api.TaskTable.Role;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Routing;
import io.helidon.http.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Where tasks are taken, one by one, by role or in batches, and where is told who does them. */
final class TaskDesk {

    private final Routing routing;
    private final TaskSettings settings;
    private final Inference inference;
    private final TaskBatch batch;
    private final TaskStaff staff;

    TaskDesk(
            Routing routing,
            TaskSettings settings,
            Inference inference,
            Reception reception,
            TaskBatch.Limits limits,
            LongSupplier nanos) {
        this.routing = routing;
        this.settings = settings;
        this.inference = inference;
        this.batch = new TaskBatch(routing, settings, reception, limits);
        this.staff = new TaskStaff(routing, nanos);
    }

    List<Endpoint> endpoints() {
        return List.of(
                post("/route", inference),
                post("/roles/{role}", this::byRole),
                post("/batch", batch),
                get("/models", staff::models),
                get("/memory", staff::memory),
                get("/health", staff::health).withoutKey(),
                post("/{role}", this::byRole));
    }

    private Endpoint post(String path, Answering answering) {
        return Endpoint.post(settings.path(path), Dialect.TASK, answering);
    }

    private Endpoint get(String path, Answering answering) {
        return new Endpoint(Method.GET, settings.path(path), Dialect.TASK, false, answering);
    }

    private void byRole(Exchange exchange) throws InterruptedException {
        String name = exchange.request().path().pathParameters().get("role");
        Optional<Role> role = routing.tasks().flatMap(table -> table.role(name));
        if (role.isEmpty()) {
            List<String> names = routing.tasks().map(TaskTable::roles).orElse(List.of()).stream()
                    .map(Role::name)
                    .toList();
            throw Refused.permanent(
                    404, "unknown_role", "There is no role \"%s\". %s".formatted(name, Near.hint(name, names)));
        }
        inference.answer(
                exchange,
                request -> request.withHeader("X-Signalbox-Role", role.get().name()));
    }
}
