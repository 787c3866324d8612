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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A start, the first requests and the end, so that the JVM sees what that takes. Needs nobody and nothing outside. */
@Command(name = RehearseCommand.NAME, hidden = true, description = "Starts, answers itself and ends.")
final class RehearseCommand implements Callable<Integer> {

    static final String NAME = "rehearse";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROUNDS = 10;

    @Override
    public Integer call() throws IOException {
        Plugins plugins = Plugins.discovered();
        FoundConfiguration made = FoundConfiguration.of(List.of());
        String target = made.addDemo(plugins, Sieve.logging(plugins));
        Path file = Files.createTempFile("signalbox", ".yaml");
        try {
            Files.writeString(file, StarterFile.of(made.backends(), target, true, plugins.types(BackendFactory.class)));
            int configured = serve(target, "--config", file.toString());
            int found = serve(target);
            return Math.max(configured, found);
        } finally {
            Files.delete(file);
        }
    }

    /** By the very command that serves, so that nothing of a start is left out. */
    private static int serve(String target, String... words) {
        Stopping stopping = Stopping.byHand();
        Consumer<Listener> begun = listener -> {
            try {
                ask(listener.uri(), List.of("auto", target));
            } finally {
                stopping.tell();
            }
        };
        ServeCommand serve = new ServeCommand(
                ConfigFiles.none(), nobody -> Optional.empty(), most -> stopping, begun, HeadStart.begin());
        return new CommandLine(new Signalbox())
                .addSubcommand(ServeCommand.NAME, serve)
                .execute(Stream.concat(
                                Stream.of(ServeCommand.NAME, "--host", "127.0.0.1", "--port", "0"), Stream.of(words))
                        .toArray(String[]::new));
    }

    private static void ask(URI server, List<String> models) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String model : models) {
                    ask(client, server, model, round % 2 == 0);
                }
            }
            client.send(request(server.resolve("/v1/models")).GET().build(), BodyHandlers.ofString());
            client.shutdownNow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ask(HttpClient client, URI server, String model, boolean streamed)
            throws IOException, InterruptedException {
        String body = "{\"model\": \"%s\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}"
                .formatted(model, streamed);
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
