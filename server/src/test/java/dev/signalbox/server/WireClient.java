package dev.signalbox.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that is nothing but a socket: what goes over the wire is what a test writes. */
public final class WireClient implements AutoCloseable {

    private final Socket socket;

    private WireClient(Socket socket) {
        this.socket = socket;
    }

    public static WireClient to(int port) throws IOException {
        return over(new Socket("127.0.0.1", port));
    }

    public static WireClient over(Socket socket) throws IOException {
        socket.setSoTimeout(20_000); // a limit for tests that fail
        socket.setTcpNoDelay(true);
        return new WireClient(socket);
    }

    public WireClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a request with a body of JSON and, perhaps, further header lines. */
    public WireClient post(String path, String json, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send(
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
                        .formatted(path, json.getBytes(StandardCharsets.UTF_8).length, more, json));
    }

    public WireClient get(String path) throws IOException {
        return send("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
    }

    /** Everything up to and with that text. */
    public String readUntil(String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!read.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + read.toString(StandardCharsets.UTF_8));
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** The head of an answer, in lower case. */
    public String head() throws IOException {
        return readUntil("\r\n\r\n").toLowerCase(Locale.ROOT);
    }

    /** A whole answer with a length: head and body. */
    public String answer() throws IOException {
        String head = head();
        int at = head.indexOf("content-length: ");
        if (at < 0) {
            return head + readUntil("0\r\n\r\n");
        }
        int length = Integer.parseInt(
                head.substring(at + 16, head.indexOf("\r\n", at)).strip());
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Everything until the server closes. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
