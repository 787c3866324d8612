package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that knows nothing of HTTP: it sends text and returns what comes back. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(ScriptedServer server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000); // a failure, never reached by a test that passes
    }

    /** Everything the server says to one POST with this body on a connection of its own. */
    static String post(ScriptedServer server, String path, String body) throws IOException {
        try (RawClient client = new RawClient(server)) {
            return client.send(post(path, body).replace("Host: x", "Connection: close"))
                    .all();
        }
    }

    static String post(String path, String body) {
        return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s".formatted(path, body.length(), body);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Reads until this text was read; fails if the connection ends before. */
    String until(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int one = socket.getInputStream().read();
            if (one < 0) {
                throw new AssertionError("The connection ended after: " + text);
            }
            text.append((char) one);
        }
        return text.toString();
    }

    /** Reads to the end of the connection. */
    String all() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Whether the connection is reset rather than closed. */
    boolean isReset() throws IOException {
        try {
            all();
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
