package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A start, the first requests and the end, so that the JVM sees what that takes. Needs nobody and nothing outside. */
final class RehearseCommand implements Command {

    static final String NAME = "rehearse";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROUNDS = 20;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String doc() {
        return "Starts, answers itself and ends.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return List.of();
    }

    @Override
    public boolean hidden() {
        return true;
    }

    @Override
    public int run(Given given, Console console) throws InterruptedException {
        try {
            rehearse();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return 0;
    }

    private static void rehearse() throws IOException, InterruptedException {
        Plugins plugins = Plugins.discovered();
        FoundConfiguration made = FoundConfiguration.of(List.of());
        String target = made.addDemo(plugins);
        Path file = Files.createTempFile("signalbox", ".yaml");
        try {
            Files.writeString(file, StarterFile.of(made.backends(), target, true, plugins.types(BackendFactory.class)));
            serve(Configuration.read(file), plugins);
        } finally {
            Files.delete(file);
        }
    }

    private static void serve(Configuration configuration, Plugins plugins) throws IOException, InterruptedException {
        Problems problems = new Problems();
        ListeningReader reader = new ListeningReader(problems);
        Overrides anyPort = new Overrides(Optional.of("127.0.0.1"), Optional.of(0));
        configuration.check(plugins, problems);
        try (Router router = Router.builder()
                        .plugins(plugins)
                        .configuration(configuration)
                        .build();
                Listener server = Listener.start(router, reader.read(configuration, anyPort));
                HttpClient client = HttpClient.newHttpClient()) {
            for (int round = 0; round < ROUNDS; round++) {
                ask(client, server.uri(), round % 2 == 0);
            }
            client.send(request(server.uri().resolve("/v1/models")).GET().build(), BodyHandlers.ofString());
            client.shutdownNow();
        }
    }

    private static void ask(HttpClient client, URI server, boolean streamed) throws IOException, InterruptedException {
        String body = "{\"model\": \"auto\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}"
                .formatted(streamed);
        client.send(
                request(server.resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(LIMIT);
    }
}
