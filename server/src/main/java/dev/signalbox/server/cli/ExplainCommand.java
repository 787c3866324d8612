package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import dev.signalbox.spi.Option;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says where a request would go. */
final class ExplainCommand implements Command {

    private static final Argument<String> BODY = Argument.named(
            Option.text("body").doc("The request's body, as a client would send it; - reads it from standard input."),
            "FILE");

    private static final Argument<String> DIALECT = Argument.named(
            Option.text("dialect")
                    .doc("What it is written in, such as anthropic.messages.")
                    .orElse("openai.chat"),
            "DIALECT");

    private static final Argument<List<Map.Entry<String, String>>> HEADERS = Argument.repeated(
                    Option.listOf("header", Option.parsed("header", "NAME=VALUE", ExplainCommand::header))
                            .doc("A header the client would send, such as X-Signalbox-Priority=background.")
                            .orElse(List.of()),
                    "NAME=VALUE")
            .or("-H");

    private static final Argument<Boolean> JSON = Argument.flag("json", "Prints JSON instead of text.");

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String doc() {
        return "Says where the running server would send a request and why, without sending it.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return RunningServer.argumentsAnd(BODY, DIALECT, HEADERS, JSON);
    }

    @Override
    public int run(Given given, Console console) throws InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        given.get(HEADERS).forEach(header -> headers.put(header.getKey(), header.getValue()));
        String path = "/signalbox/explain?dialect=" + URLEncoder.encode(given.get(DIALECT), StandardCharsets.UTF_8);
        String answer = RunningServer.of(given).post(path, read(given.get(BODY)), headers);
        JsonNode read = Answers.read(answer, "id");
        console.out().println(given.get(JSON) ? answer : TraceText.of(read));
        return 0;
    }

    private static byte[] read(String body) {
        try {
            return body.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(body));
        } catch (IOException unreadable) {
            throw new Trouble("The body %s cannot be read: %s".formatted(body, unreadable));
        }
    }

    private static Map.Entry<String, String> header(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("it has no name before a =");
        }
        return Map.entry(text.substring(0, equals).strip(), text.substring(equals + 1));
    }
}
