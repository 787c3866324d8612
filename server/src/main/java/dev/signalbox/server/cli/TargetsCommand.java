package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import java.util.ArrayList;
import java.util.List;

/** Shows the targets of the running server. */
final class TargetsCommand implements Command {

    private static final Argument<Boolean> JSON = Argument.flag("json", "Prints JSON instead of a table.");

    @Override
    public String name() {
        return "targets";
    }

    @Override
    public String doc() {
        return "Shows the targets of the running server and how they are.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return RunningServer.argumentsAnd(JSON);
    }

    @Override
    public int run(Given given, Console console) throws InterruptedException {
        String answer = RunningServer.of(given).get("/signalbox/targets");
        JsonNode read = Answers.read(answer, "targets");
        console.out().println(given.get(JSON) ? answer : table(read));
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
        return Tables.of(List.of("target", "type", "state", "in flight", "waiting", "detail"), rows);
    }

    private static String detail(JsonNode target) {
        List<String> parts = new ArrayList<>();
        target.path("verdicts").forEach(verdict -> parts.add(verdict.asText("")));
        parts.add(target.path("detail").asText(""));
        parts.removeIf(String::isEmpty);
        return String.join("; ", parts);
    }
}
