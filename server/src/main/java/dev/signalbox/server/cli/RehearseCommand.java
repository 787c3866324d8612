package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.spi.BackendFactory;
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
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A start, the first requests and the end, so that the JVM sees what that takes. Needs nobody and nothing outside. */
@Command(name = RehearseCommand.NAME, hidden = true, description = "Starts, answers itself and ends.")
final class RehearseCommand implements Callable<Integer> {

    static final String NAME = "rehearse";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROUNDS = 20;

    @Override
    public Integer call() throws IOException {
        Plugins plugins = Plugins.discovered();
        FoundConfiguration made = FoundConfiguration.of(List.of());
        String target = made.addDemo(plugins);
        Path file = Files.createTempFile("signalbox", ".yaml");
        try {
            Files.writeString(file, StarterFile.of(made.backends(), target, true, plugins.types(BackendFactory.class)));
            return serve(file);
        } finally {
            Files.delete(file);
        }
    }

    /** By the very command that serves, so that nothing of a start is left out. */
    private static int serve(Path file) {
        Stopping stopping = Stopping.byHand();
        Consumer<Listener> begun = listener -> {
            try {
                ask(listener.uri());
            } finally {
                stopping.tell();
            }
        };
        ServeCommand serve = new ServeCommand(UsualPlaces.OF_THIS_MACHINE, most -> stopping, begun, HeadStart.begin());
        return new CommandLine(new Signalbox())
                .addSubcommand(ServeCommand.NAME, serve)
                .execute(ServeCommand.NAME, "--host", "127.0.0.1", "--port", "0", "--config", file.toString());
    }

    private static void ask(URI server) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int round = 0; round < ROUNDS; round++) {
                ask(client, server, round % 2 == 0);
            }
            client.send(request(server.resolve("/v1/models")).GET().build(), BodyHandlers.ofString());
            client.shutdownNow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
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
