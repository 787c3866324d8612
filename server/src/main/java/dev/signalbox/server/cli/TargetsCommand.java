package dev.signalbox.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.core.Configuration;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.spi.Problems;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the targets of the running server. */
@Command(name = "targets", description = "Shows the targets of the running server and how they are.")
final class TargetsCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Option(
            names = "--config",
            description = "The configuration the server runs with.",
            paramLabel = "FILE",
            defaultValue = "")
    private String config = "";

    @Option(names = "--url", description = "Where the server listens, if no configuration tells.", defaultValue = "")
    private String url = "";

    @Option(names = "--key", description = "The API key of a caller with the scope admin.", defaultValue = "")
    private String key = "";

    @Option(names = "--json", description = "Prints JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String answer = ask(URI.create(address() + "/signalbox/targets"));
        spec.commandLine().getOut().println(json ? answer : table(answer));
        return 0;
    }

    private String address() {
        if (!url.isEmpty()) {
            return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        }
        ConfigFiles files = ConfigFiles.ofProcess();
        Optional<Path> file = files.find(config);
        ListeningReader reader = new ListeningReader(new Problems());
        Listening listening = file.isPresent()
                ? reader.read(Configuration.read(file.get()), files.overrides())
                : reader.unwritten(files.overrides());
        String host =
                listening.host().equals("0.0.0.0") || listening.host().equals("::") ? "127.0.0.1" : listening.host();
        return "%s://%s:%d".formatted(listening.tls().isPresent() ? "https" : "http", host, listening.port());
    }

    private String ask(URI address) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LIMIT);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new Trouble(
                        "%s answered with status %d: %s".formatted(address, response.statusCode(), response.body()));
            }
            return response.body();
        } catch (IOException nobody) {
            throw new Trouble(
                    "Nobody answers at %s. Is the server running? \"signalbox serve\" starts it; --url says where it is."
                            .formatted(address));
        }
    }

    private static String table(String answer) {
        List<List<String>> rows = new ArrayList<>();
        try {
            for (JsonNode target : new ObjectMapper().readTree(answer).path("targets")) {
                rows.add(List.of(
                        target.path("target").asText(""),
                        target.path("type").asText(""),
                        target.path("state").asText(""),
                        target.path("in_flight").asText(""),
                        target.path("waiting").asText(""),
                        target.path("detail").asText("")));
            }
        } catch (JsonProcessingException notJson) {
            throw new Trouble("The answer is no list of targets: " + notJson.getOriginalMessage());
        }
        return Tables.of(List.of("target", "type", "state", "in flight", "waiting", "detail"), rows);
    }
}
