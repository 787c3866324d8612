package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the targets of the running server. */
@Command(name = "targets", description = "Shows the targets of the running server and how they are.")
final class TargetsCommand implements Callable<Integer> {

    @Mixin
    private RunningServer server = new RunningServer();

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String answer = server.get("/signalbox/targets");
        JsonNode read = Answers.read(answer, "targets");
        spec.commandLine().getOut().println(json ? answer : table(read));
        return 0;
    }

    private static String table(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode target : answer.path("targets")) {
            rows.add(List.of(
                    target.path("target").asText(""),
                    target.path("type").asText(""),
                    target.path("state").asText(""),
                    target.path("in_flight").asText(""),
                    target.path("waiting").asText(""),
                    detail(target)));
        }
        return Tables.of(List.of("target", "type", "state", "in flight", "waiting", "detail"), rows) + guards(answer);
    }

    private static String guards(JsonNode answer) {
        List<String> names = new ArrayList<>();
        answer.path("guards").forEach(name -> names.add(name.asText("")));
        return names.isEmpty() ? "" : "%nGuards at work: %s".formatted(String.join(", ", names));
    }

    private static String detail(JsonNode target) {
        List<String> parts = new ArrayList<>();
        target.path("verdicts").forEach(verdict -> parts.add(verdict.asText("")));
        parts.add(target.path("detail").asText(""));
        parts.removeIf(String::isEmpty);
        return String.join("; ", parts);
    }
}
