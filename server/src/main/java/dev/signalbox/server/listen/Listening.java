package dev.signalbox.server.listen;

import dev.signalbox.server.ingress.IngressSettings;
import io.helidon.common.tls.Tls;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a server listens, and to whom.
 *
 * @param host the name or address to listen on
 * @param port the port; 0 takes a free one
 * @param tls the certificate to show; empty: plain HTTP
 * @param grace how long answers may go on when the server is told to stop
 * @param ingress what it lets in
 * @param tasks where tasks are served
 * @param ollamaPort the second port with all the same; 0 takes a free one
 */
public record Listening(
        String host,
        int port,
        Optional<Tls> tls,
        Duration grace,
        IngressSettings ingress,
        TaskPlace tasks,
        Optional<Integer> ollamaPort) {

    /** On loopback, at this port. */
    public static Listening locally(int port) {
        return new Listening(
                "127.0.0.1",
                port,
                Optional.empty(),
                Duration.ofSeconds(30),
                IngressSettings.DEFAULT,
                TaskPlace.DEFAULT,
                Optional.empty());
    }

    /** Its address, on a port it listens on; one that clients on this machine can use, if it listens on all. */
    public URI uri(int at) {
        String name = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        };
        return URI.create("%s://%s:%d".formatted(tls.isPresent() ? "https" : "http", name, at));
    }

    /** The same with another time for answers to end in. */
    public Listening withGrace(Duration time) {
        return new Listening(host, port, tls, time, ingress, tasks, ollamaPort);
    }

    /** The same with a certificate to show. */
    public Listening withTls(Tls shown) {
        return new Listening(host, port, Optional.of(shown), grace, ingress, tasks, ollamaPort);
    }

    /** The same on another port. */
    Listening at(int other) {
        return new Listening(host, other, tls, grace, ingress, tasks, ollamaPort);
    }

    /** The same with that second port. */
    public Listening withOllamaPort(int second) {
        return new Listening(host, port, tls, grace, ingress, tasks, Optional.of(second));
    }

    /** What says that it is this port that is listened on, for a message. */
    public String saidBy(int at) {
        if (ollamaPort.filter(second -> second == at).isPresent()) {
            return "server.ollama-port";
        }
        boolean ofTasks = tasks.port().filter(own -> own == at).isPresent();
        return ofTasks ? "server.tasks.port" : "--port or server.port";
    }
}
