package dev.signalbox.server.listen;

import dev.signalbox.server.ingress.Ingress;
import dev.signalbox.server.ingress.TaskSettings;
import dev.signalbox.spi.Routing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What listens on ports of its own beside the main one.
 *
 * @param tasks where nothing but tasks are taken; empty if they are taken where everything is
 * @param ollama where everything is taken too; empty if there is no such port
 */
record Beside(Optional<Listener> tasks, Optional<Listener> ollama) {

    static final Beside NOTHING = new Beside(Optional.empty(), Optional.empty());

    /**
     * Listens where the main listener does not.
     *
     * @param main what is taken there
     * @throws java.io.UncheckedIOException if it cannot; nobody listens then
     */
    static Beside start(Ingress main, Routing routing, Listening listening) {
        Optional<Listener> tasks = apart(routing, listening)
                .map(port -> Listener.start(main.againForTasks(listening.tasks().settings()), listening.at(port)));
        try {
            Optional<Listener> ollama =
                    listening.ollamaPort().map(port -> Listener.start(main.again(), listening.at(port)));
            return new Beside(tasks, ollama);
        } catch (RuntimeException failure) {
            tasks.ifPresent(Listener::close);
            throw failure;
        }
    }

    /** What is taken on the main port. */
    static Ingress main(Routing routing, Listening listening) {
        Optional<TaskSettings> tasks = Optional.of(listening.tasks().settings());
        return Ingress.of(
                routing,
                listening.ingress(),
                tasks.filter(settings -> apart(routing, listening).isEmpty()));
    }

    private static Optional<Integer> apart(Routing routing, Listening listening) {
        return listening.tasks().port().filter(port -> routing.tasks().isPresent());
    }

    /** All of it at once: each may let its answers go on for the grace period. */
    void close() {
        List<Thread> closing = Stream.of(tasks, ollama)
                .flatMap(Optional::stream)
                .map(listener -> Thread.startVirtualThread(listener::close))
                .toList();
        try {
            for (Thread each : closing) {
                each.join();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
