package dev.signalbox.server.listen;

import dev.signalbox.api.Caller;
import dev.signalbox.core.Configuration;
import dev.signalbox.server.ingress.Callers;
import dev.signalbox.server.ingress.Hosts;
import dev.signalbox.server.ingress.IngressSettings;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import io.helidon.common.tls.Tls;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the server's sections of a configuration. What was said elsewhere, on the command line, beats them. */
public final class ListeningReader {

    private final Problems problems;

    /** A reader that notes what is wrong there. */
    public ListeningReader(Problems problems) {
        this.problems = problems;
    }

    /** Where to listen and to whom; to be used only if no problem was noted. */
    public Listening read(Configuration configuration, Overrides overrides) {
        PluginConfig server = server(configuration.section("server"));
        Callers callers = callers(configuration.section("callers"));
        Optional<PluginConfig> tasks = server.get(ServerOptions.TASKS);
        if (tasks.isPresent() && configuration.section("tasks").isEmpty()) {
            problems.add(tasks.get().where(), "there are no tasks to serve: a section tasks would say who does them");
        }
        return listening(server, callers, overrides);
    }

    /** Where to listen if nothing was written. */
    public Listening unwritten(Overrides overrides) {
        return listening(PluginConfig.of(ServerOptions.SERVER, Where.code("server")), Callers.NONE, overrides);
    }

    private Listening listening(PluginConfig server, Callers callers, Overrides overrides) {
        String host =
                overrides.host().orElseGet(() -> server.get(ServerOptions.HOST).strip());
        Optional<Tls> tls = server.get(ServerOptions.TLS).flatMap(files -> new Certificates(problems).read(files));
        IngressSettings ingress = new IngressSettings(
                callers,
                Hosts.of(host, Set.copyOf(server.get(ServerOptions.HOSTS))),
                Set.copyOf(server.get(ServerOptions.ORIGINS)),
                server.get(ServerOptions.MAX_BODY),
                server.get(ServerOptions.MAX_REQUESTS).intValue(),
                server.get(ServerOptions.HEARTBEAT_AFTER),
                server.get(ServerOptions.HEARTBEAT_EVERY),
                server.get(ServerOptions.CLIENT_TIMEOUT),
                server.get(ServerOptions.WRITE_TIMEOUT));
        int port =
                overrides.port().orElseGet(() -> server.get(ServerOptions.PORT).intValue());
        TaskPlace tasks = server.get(ServerOptions.TASKS)
                .map(new TaskPlaceReader(problems)::read)
                .orElse(TaskPlace.DEFAULT);
        Optional<Integer> second = server.get(ServerOptions.OLLAMA_PORT).map(Math::toIntExact);
        second.filter(each -> each > 0).ifPresent(each -> checkFree(each, port, tasks, server));
        return new Listening(host, port, tls, server.get(ServerOptions.GRACE), ingress, tasks, second);
    }

    private void checkFree(int second, int port, TaskPlace tasks, PluginConfig server) {
        boolean ofTasks = tasks.port().filter(own -> own == second).isPresent();
        if (second == port || ofTasks) {
            problems.add(
                    server.where().child(ServerOptions.OLLAMA_PORT.name()),
                    "%d is %s already; it has to be another one"
                            .formatted(second, ofTasks ? "the port of tasks" : "the port of everything"));
        }
    }

    private PluginConfig server(Optional<ConfigNode> section) {
        return table(section)
                .map(table -> PluginConfig.read(ServerOptions.SERVER, table, "an option of the server", problems))
                .orElseGet(() -> PluginConfig.of(ServerOptions.SERVER, Where.code("server")));
    }

    private Callers callers(Optional<ConfigNode> section) {
        Callers callers = Callers.NONE;
        Map<String, String> names = new HashMap<>(); // by key
        Map<String, ConfigNode> written = table(section)
                .map(table -> (Map<String, ConfigNode>) table.members())
                .orElse(Map.of());
        for (Map.Entry<String, ConfigNode> each : written.entrySet()) {
            Optional<PluginConfig> caller = table(Optional.of(each.getValue()))
                    .map(table -> PluginConfig.read(ServerOptions.CALLER, table, "an option of a caller", problems));
            if (caller.isPresent() && caller.get().has(ServerOptions.CALLER_KEY)) {
                callers = caller(callers, each.getKey(), caller.get(), names);
            }
        }
        return callers;
    }

    private Callers caller(Callers callers, String name, PluginConfig config, Map<String, String> names) {
        String key = config.get(ServerOptions.CALLER_KEY).strip();
        Where where = config.where().child("key");
        if (key.isEmpty()) {
            problems.add(where, "is empty: anybody could say it");
        }
        String other = names.putIfAbsent(key, name);
        if (other != null) {
            problems.add(where, "is the key of \"%s\" too: nobody could tell them apart".formatted(other));
        }
        return callers.and(
                new Caller(name, Set.copyOf(config.get(ServerOptions.SCOPES)), config.get(ServerOptions.PRIORITY)),
                key);
    }

    private Optional<ConfigNode.Table> table(Optional<ConfigNode> node) {
        if (node.isPresent() && !(node.get() instanceof ConfigNode.Table)) {
            problems.add(
                    node.get().where(), "%s is not a table".formatted(node.get().seen()));
        }
        return node.flatMap(each -> each instanceof ConfigNode.Table table ? Optional.of(table) : Optional.empty());
    }

    /**
     * What beats the file.
     *
     * @param host the host, if it was said
     * @param port the port, if it was said
     */
    public record Overrides(Optional<String> host, Optional<Integer> port) {

        /** Nothing. */
        public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty());

        /** These where they say something, else those. */
        public Overrides or(Overrides others) {
            return new Overrides(host.or(others::host), port.or(others::port));
        }
    }
}
