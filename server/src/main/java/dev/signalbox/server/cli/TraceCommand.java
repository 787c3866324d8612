package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a request went where it went. */
@Command(name = "trace", description = "Says why a request went where it went; without an id, lists the last ones.")
final class TraceCommand implements Callable<Integer> {

    @Mixin
    private RunningServer server = new RunningServer();

    @Parameters(
            arity = "0..1",
            description = "The trace's id: the header X-Signalbox-Trace of the answer.",
            paramLabel = "ID",
            defaultValue = "")
    private String id = "";

    @Option(names = "--json", description = "Prints JSON instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String answer = server.get(
                id.isEmpty()
                        ? "/signalbox/traces"
                        : "/signalbox/traces/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        JsonNode read = Answers.read(answer, id.isEmpty() ? "traces" : "id");
        spec.commandLine().getOut().println(json ? answer : text(read));
        return 0;
    }

    private String text(JsonNode answer) {
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
