package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.spi.BackendFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
        Path folder = Files.createTempDirectory("signalbox");
        Path written = folder.resolve("written.yaml");
        Path shipped = folder.resolve("shipped.yaml");
        try {
            Files.writeString(shipped, "# As it is shipped: nothing but comments.\n");
            Files.writeString(
                    written, StarterFile.of(made.backends(), target, true, plugins.types(BackendFactory.class)));
            ConfigFiles none = ConfigFiles.of(folder.resolve("none.yaml"), shipped);
            int configured = serve(none, target, "--config", written.toString());
            int found = serve(none, target);
            return Math.max(configured, found);
        } finally {
            for (Path each : List.of(written, shipped, folder)) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** By the very command that serves, so that nothing of a start is left out. */
    private static int serve(ConfigFiles files, String target, String... words) {
        Stopping stopping = Stopping.listening(LIMIT);
        Consumer<Listener> begun = listener -> {
            try {
                ask(listener.uri(), List.of("auto", target));
            } finally {
                stopping.tell();
            }
        };
        Supplier<Plugins> plugins = HeadStart.begin();
        CommandLine line = Signalbox.line(
                System.out,
                System.err,
                () -> new ServeCommand(files, nobody -> Optional.empty(), most -> stopping, begun, plugins));
        try {
            return line.execute(
                    Stream.concat(Stream.of(ServeCommand.NAME, "--host", "127.0.0.1", "--port", "0"), Stream.of(words))
                            .toArray(String[]::new));
        } finally {
            stopping.over(); // so that the process may end, also where it did not come as far as serving
        }
    }

    /** Whatever is answered: without a plugin that needs no server nobody can answer, and a start is a start. */
    static void ask(URI server, List<String> models) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                for (String model : models) {
                    ask(server, model, round % 2 == 0);
                }
            }
            read(OlderClient.to(server.resolve("/v1/models"), LIMIT));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void ask(URI server, String model, boolean streamed) throws IOException {
        String body = "{\"model\": \"%s\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}"
                .formatted(model, streamed);
        HttpURLConnection connection = OlderClient.to(server.resolve("/v1/chat/completions"), LIMIT);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        read(connection);
    }

    private static void read(HttpURLConnection connection) throws IOException {
        try (InputStream answer = OlderClient.answer(connection)) {
            answer.transferTo(OutputStream.nullOutputStream());
        }
    }
}
