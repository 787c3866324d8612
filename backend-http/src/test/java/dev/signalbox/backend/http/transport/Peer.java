package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does with each connection exactly what its script says. */
final class Peer implements AutoCloseable {

    /** What to do with one connection; it is closed afterwards. */
    @FunctionalInterface
    interface Script {
        void run(Line line) throws Exception;
    }

    private final ServerSocket server;
    private final String scheme;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    private Peer(ServerSocket server, String scheme, Script script) {
        this.server = server;
        this.scheme = scheme;
        Thread.ofVirtual().name("peer").start(() -> accept(script));
    }

    /** Runs the script for each connection. */
    static Peer of(Script script) throws IOException {
        return new Peer(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), "http", script);
    }

    /** Runs the script for each connection of a server socket of another make. */
    static Peer of(ServerSocket server, String scheme, Script script) {
        return new Peer(server, scheme, script);
    }

    /** Answers the first request of each connection with these bytes and closes. */
    static Peer answering(String reply) throws IOException {
        return of(line -> {
            line.request();
            line.send(reply);
        });
    }

    /** Answers every request of a connection with these bytes. */
    static Peer keeping(String reply) throws IOException {
        return of(line -> {
            while (!line.request().isEmpty()) {
                line.send(reply);
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    URI uri() {
        return uri("127.0.0.1", "/");
    }

    URI uri(String host, String path) {
        return URI.create("%s://%s:%d%s".formatted(scheme, host, port(), path));
    }

    /** How many connections were made. */
    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().name("peer-line").start(() -> serve(socket, script));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void serve(Socket socket, Script script) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.run(new Line(socket));
        } catch (Exception clientLeft) {
            // what the client makes of it is what the test looks at
        }
    }
}
