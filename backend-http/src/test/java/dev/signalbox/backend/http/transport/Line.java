package dev.signalbox.backend.http.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection, seen from the server. */
final class Line {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)\r\n");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Line(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    /** The head of a request, without its body; empty at the end of the connection. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** A whole request, head and body; empty at the end of the connection. */
    String request() throws IOException {
        String head = head();
        Matcher length = LENGTH.matcher(head);
        return length.find() ? head + new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1) : head;
    }

    /** Waits for whatever comes first. */
    void hello() throws IOException {
        in.read(new byte[16 * 1024]);
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    /** Sends each byte by itself. */
    void drip(String text) throws IOException, InterruptedException {
        for (int i = 0; i < text.length(); i++) {
            send(text.substring(i, i + 1));
            Thread.sleep(1); // so that it travels alone; if it does not, the test only sees less
        }
    }

    /** Waits until the client has closed the connection. */
    void left() {
        try {
            in.transferTo(new ByteArrayOutputStream());
        } catch (IOException reset) {
            // that is another way to leave
        }
    }

    /** Says that no more will come, and still listens. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Lets the client's next read or write fail. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
