package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A port whose queue is full, so that connecting to it gets no answer. */
final class DeafPort implements AutoCloseable {

    private static final int MOST = 50;

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> queue = new ArrayList<>();

    DeafPort() throws IOException {
        while (fits()) {
            Assumptions.assumeTrue(queue.size() < MOST, "this system takes every connection");
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queue) {
            socket.close();
        }
        server.close();
    }

    private boolean fits() throws IOException {
        Socket socket = new Socket();
        queue.add(socket);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 200);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }
}
