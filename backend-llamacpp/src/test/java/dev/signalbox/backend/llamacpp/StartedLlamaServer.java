package dev.signalbox.backend.llamacpp;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.testkit.LiveServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A llama-server that a test has started at a free port, and ends. */
final class StartedLlamaServer implements AutoCloseable {

    private static final String PROGRAM = "llama-server";
    private static final Duration LOADING = Duration.ofMinutes(10);
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final long ENDING = 40; // seconds: it waits for half a minute before it goes

    private final Process process;
    private final int port;

    private StartedLlamaServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one with the model that {@code SIGNALBOX_LIVE_GGUF} names; empty, with a word why, if that cannot be. */
    static Optional<StartedLlamaServer> start(Map<String, String> environment) {
        Optional<Path> model =
                Optional.ofNullable(environment.get("SIGNALBOX_LIVE_GGUF")).map(Path::of);
        Optional<Path> program = program(environment.getOrDefault("PATH", ""));
        if (model.isEmpty() || program.isEmpty()) {
            System.out.printf(
                    "No llama-server is started: %s.%n",
                    model.isEmpty() ? "SIGNALBOX_LIVE_GGUF names no model" : PROGRAM + " is not on the PATH");
            return Optional.empty();
        }
        return Optional.of(start(program.get(), model.get()));
    }

    private static StartedLlamaServer start(Path program, Path model) {
        try {
            int port = freePort();
            Process process = new ProcessBuilder(
                            program.toString(),
                            "-m",
                            model.toString(),
                            "--alias",
                            "live",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port),
                            "-c",
                            "4096",
                            "-np",
                            "2",
                            "--metrics")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            StartedLlamaServer server = new StartedLlamaServer(process, port);
            server.awaitLoaded();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while llama-server was loading", interrupted);
        }
    }

    /** Where it listens. */
    LiveServer server() {
        return new LiveServer(
                new LlamaCppBackendFactory(), Map.of("base-url", "http://127.0.0.1:" + port), Optional.empty());
    }

    private void awaitLoaded() throws InterruptedException {
        Deadline deadline = Deadline.after(LOADING);
        try (Backend backend = Backends.at(URI.create("http://127.0.0.1:" + port))) {
            while (!isReady(backend)) {
                if (!process.isAlive() || deadline.expired()) {
                    close();
                    throw new AssertionError("llama-server did not load the model of SIGNALBOX_LIVE_GGUF");
                }
                process.waitFor(200, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static boolean isReady(Backend backend) throws InterruptedException {
        try {
            return backend.probe(Deadline.after(MOMENT)).state() == BackendState.READY;
        } catch (BackendException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(ENDING, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static Optional<Path> program(String path) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
