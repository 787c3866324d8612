package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.spi.Problems;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The server that runs, for commands that ask it something; the options that say where it is. */
final class RunningServer {

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

    /** What it answers at a path of its own. */
    String get(String path) throws InterruptedException {
        return ask(request(path).GET());
    }

    /** What it answers to JSON, which comes with these headers. */
    String post(String path, byte[] json, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request = request(path);
        headers.forEach((name, value) -> add(request, name, value));
        return ask(request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(json)));
    }

    private static void add(HttpRequest.Builder request, String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException cannot) {
            throw new Trouble("The header %s cannot be sent: %s".formatted(name, cannot.getMessage()));
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address() + path)).timeout(LIMIT);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
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

    private static String ask(HttpRequest.Builder asked) throws InterruptedException {
        HttpRequest request = asked.build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new Trouble("%s answered with status %d: %s"
                        .formatted(request.uri(), response.statusCode(), response.body()));
            }
            return response.body();
        } catch (IOException nobody) {
            throw new Trouble(
                    "Nobody answers at %s. Is the server running? \"signalbox serve\" starts it; --url says where it is."
                            .formatted(request.uri()));
        }
    }
}
