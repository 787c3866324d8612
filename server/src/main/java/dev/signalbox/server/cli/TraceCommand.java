package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import dev.signalbox.spi.Option;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Says why a request went where it went. */
final class TraceCommand implements Command {

    private static final Argument<String> ID = Argument.position(
            Option.text("id")
                    .doc("The trace's id: the header X-Signalbox-Trace of the answer.")
                    .orElse(""),
            "ID");

    private static final Argument<Boolean> JSON = Argument.flag("json", "Prints JSON instead of text.");

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public String doc() {
        return "Says why a request went where it went; without an id, lists the last ones.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return RunningServer.argumentsAnd(ID, JSON);
    }

    @Override
    public int run(Given given, Console console) throws InterruptedException {
        String id = given.get(ID);
        String answer = RunningServer.of(given)
                .get(
                        id.isEmpty()
                                ? "/signalbox/traces"
                                : "/signalbox/traces/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        JsonNode read = Answers.read(answer, id.isEmpty() ? "traces" : "id");
        console.out().println(given.get(JSON) ? answer : text(id, read));
        return 0;
    }

    private static String text(String id, JsonNode answer) {
        return id.isEmpty() ? table(answer) : TraceText.of(answer);
    }

    private static String table(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode trace : answer.path("traces")) {
            rows.add(List.of(
                    trace.path("id").asText(""),
                    trace.path("at").asText(""),
                    trace.path("model").asText(""),
                    trace.path("chosen_by").asText(""),
                    trace.path("target").asText(""),
                    trace.path("outcome").asText("under way"),
                    trace.path("took_ms").asText("") + " ms"));
        }
        return Tables.of(List.of("id", "at", "model", "decided by", "target", "outcome", "took"), rows);
    }
}
