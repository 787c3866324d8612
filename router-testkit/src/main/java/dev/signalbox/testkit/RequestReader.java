package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads HTTP/1 requests off one connection, strictly: what a lenient server would guess is a {@link Malformed} here. */
final class RequestReader {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LARGEST_BODY = 256 * 1024 * 1024;

    private final InputStream in;
    private final int connection;
    private final Continue go;

    RequestReader(InputStream in, int connection, Continue go) {
        this.in = in;
        this.connection = connection;
        this.go = go;
    }

    /** Tells a client that asked for it to send the body. */
    @FunctionalInterface
    interface Continue {
        void send() throws IOException;
    }

    /** What a client sent was not HTTP, or not complete. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        private final String problem;

        Malformed(String problem) {
            super(problem);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    /** Reads on after the first byte of a request. */
    ReceivedRequest rest(int first) throws IOException {
        String line = Character.toString(first) + line();
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new Malformed("\"" + line + "\" is no request line such as POST /v1/models HTTP/1.1");
        }
        List<Map.Entry<String, String>> headers = headers();
        if (value(headers, "expect").isPresent()) {
            go.send();
        }
        byte[] body = body(headers);
        return new ReceivedRequest(
                new ReceivedRequest.RequestLine(words[0], words[1], words[2]), headers, body, connection);
    }

    private List<Map.Entry<String, String>> headers() throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(colon - 1) == ' ') {
                throw new Malformed("\"" + line + "\" is no header");
            }
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private byte[] body(List<Map.Entry<String, String>> headers) throws IOException {
        Optional<String> coding = value(headers, "transfer-encoding");
        Optional<String> length = value(headers, "content-length");
        if (coding.isPresent() && length.isPresent()) {
            throw new Malformed("Both Content-Length and Transfer-Encoding are there");
        }
        if (coding.isPresent()) {
            return chunks();
        }
        return length.isPresent() ? exactly(number(length.get(), 10)) : new byte[0];
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            if (body.size() + size > LARGEST_BODY) {
                throw new Malformed("The body is larger than " + LARGEST_BODY + " bytes");
            }
            body.writeBytes(exactly(size));
            if (!line().isEmpty()) {
                throw new Malformed("A chunk is longer than its size says");
            }
        }
        headers(); // the trailers
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return number(extension < 0 ? line : line.substring(0, extension), 16);
    }

    private static int number(String text, int radix) throws Malformed {
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0 && number <= LARGEST_BODY) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, like a number that is out of bounds
        }
        throw new Malformed("\"" + text + "\" is no length from 0 to " + LARGEST_BODY);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("%d of %d bytes of a body came".formatted(bytes.length, length));
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException("The connection ended within a head");
            }
            if (line.size() == LONGEST_LINE) {
                throw new Malformed("A line of the head is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(one);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<String> value(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
