package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says where a request would go. */
@Command(
        name = "explain",
        description = "Says where the running server would send a request and why, without sending it.")
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private RunningServer server = new RunningServer();

    @Option(
            names = "--body",
            required = true,
            description = "The request's body, as a client would send it; - reads it from standard input.",
            paramLabel = "FILE")
    private String body = "";

    @Option(
            names = "--dialect",
            description = "What it is written in, such as anthropic.messages.",
            defaultValue = "openai.chat")
    private String dialect = "";

    @Option(
            names = {"-H", "--header"},
            description = "A header the client would send, such as X-Signalbox-Priority=background.",
            paramLabel = "NAME=VALUE")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--json", description = "Prints JSON instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String path = "/signalbox/explain?dialect=" + URLEncoder.encode(dialect, StandardCharsets.UTF_8);
        String answer = server.post(path, read(), headers);
        JsonNode read = Answers.read(answer, "id");
        spec.commandLine().getOut().println(json ? answer : TraceText.of(read));
        return 0;
    }

    private byte[] read() {
        try {
            return body.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(body));
        } catch (IOException unreadable) {
            throw new Trouble("The body %s cannot be read: %s".formatted(body, unreadable));
        }
    }
}
