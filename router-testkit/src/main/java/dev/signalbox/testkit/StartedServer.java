package dev.signalbox.testkit;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A model server that a live test has started at a free port of this machine, and ends. For one thread. */
public final class StartedServer implements AutoCloseable {

    private static final Duration LOADING = Duration.ofMinutes(10);
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final long ENDING = 40; // seconds: some wait for half a minute before they go

    /**
     * How one is started.
     *
     * @param program the name of what is looked for on the {@code PATH}
     * @param variable the variable of the environment that names its model
     * @param arguments what it is given; {@code MODEL} and {@code PORT} stand for those
     */
    public record Recipe(String program, String variable, List<String> arguments) {

        /** Keeps the arguments to itself. */
        public Recipe {
            arguments = List.copyOf(arguments);
        }

        private Stream<String> command(Path found, String model, int port) {
            return Stream.concat(
                    Stream.of(found.toString()),
                    arguments.stream()
                            .map(each -> each.equals("MODEL") ? model : each.equals("PORT") ? "" + port : each));
        }
    }

    private final Process process;
    private final LiveServer server;

    private StartedServer(Process process, LiveServer server) {
        this.process = process;
        this.server = server;
    }

    /**
     * Starts one and waits until it is ready; empty, with a word why, where the model or the program is missing.
     *
     * @param environment where model and {@code PATH} are looked for
     * @param model the name that requests give the model; empty if any will do
     * @throws AssertionError if it ends or is not ready after ten minutes
     */
    public static Optional<StartedServer> start(
            BackendFactory factory, Recipe recipe, Map<String, String> environment, Optional<String> model) {
        Optional<String> named =
                Optional.ofNullable(environment.get(recipe.variable())).filter(text -> !text.isBlank());
        Optional<Path> program = program(recipe.program(), environment.getOrDefault("PATH", ""));
        if (named.isEmpty() || program.isEmpty()) {
            System.out.printf(
                    "No %s is started: %s.%n",
                    recipe.program(),
                    named.isEmpty() ? recipe.variable() + " names no model" : "it is not on the PATH");
            return Optional.empty();
        }
        try {
            int port = freePort();
            LiveServer server = new LiveServer(factory, Map.of("base-url", "http://127.0.0.1:" + port), model);
            Process process = new ProcessBuilder(
                            recipe.command(program.get(), named.get(), port).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            StartedServer started = new StartedServer(process, server);
            started.awaitReady(recipe);
            return Optional.of(started);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it was loading", interrupted);
        }
    }

    /** Where it listens. */
    public LiveServer server() {
        return server;
    }

    private void awaitReady(Recipe recipe) throws InterruptedException {
        Deadline deadline = Deadline.after(LOADING);
        boolean ready = false;
        try (Backend backend = server.backend()) {
            while (!isReady(backend)) {
                if (!process.isAlive() || deadline.expired()) {
                    throw new AssertionError(
                            "%s did not load the model of %s".formatted(recipe.program(), recipe.variable()));
                }
                process.waitFor(200, TimeUnit.MILLISECONDS);
            }
            ready = true;
        } finally {
            if (!ready) {
                close();
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

    /** Ends it, in the hard way if it does not end by itself. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(ENDING, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static Optional<Path> program(String name, String path) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
