package dev.signalbox.backend.http.transport;

import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.transport.ReplyHead.Framing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A head under construction: checks each line and understands the few that say how the body and the connection end. */
final class HeadLines {

    private static final String VERSION = "HTTP/1.";
    private static final int STATUS_AT = VERSION.length() + 2;
    private static final int LONGEST_NUMBER = 18; // digits that surely fit a long

    private final int status;
    private final boolean http11;
    private final List<Map.Entry<String, String>> lines = new ArrayList<>();
    private boolean closes;
    private boolean keeps;
    private boolean chunked;
    private long length = -1;
    private Optional<Duration> keepAlive = Optional.empty();

    private HeadLines(int status, boolean http11) {
        this.status = status;
        this.http11 = http11;
    }

    /** Begins with the status line. */
    static HeadLines begin(Input input, int length) throws Fault {
        boolean http1 =
                length >= STATUS_AT + 3 && input.text(0, VERSION.length()).equals(VERSION);
        int minor = http1 ? input.at(VERSION.length()) - '0' : -1;
        if (minor < 0 || minor > 1 || input.at(STATUS_AT - 1) != ' ' || hasControl(input, 0, length)) {
            throw Fault.malformed("not the status line of an HTTP/1.1 reply: \"%s\"".formatted(shown(input, length)));
        }
        String status = input.text(STATUS_AT, STATUS_AT + 3);
        boolean ended = length == STATUS_AT + 3 || input.at(STATUS_AT + 3) == ' ';
        if (!ended || !digits(status) || status.charAt(0) < '1' || status.charAt(0) > '5') {
            throw Fault.malformed("not a status from 100 to 599: \"%s\"".formatted(shown(input, length)));
        }
        return new HeadLines(Integer.parseInt(status), minor == 1);
    }

    int status() {
        return status;
    }

    /** Adds a header line. */
    void add(Input input, int length) throws Fault {
        int colon = 0;
        while (colon < length && isToken(input.at(colon))) {
            colon++;
        }
        if (colon == 0 || colon == length || input.at(colon) != ':') {
            throw Fault.malformed("not a header line: \"%s\"".formatted(shown(input, length)));
        }
        String name = input.text(0, colon);
        String value = value(input, colon + 1, length, name);
        lines.add(Map.entry(name, value));
        understand(name, value);
    }

    ReplyHead finished() throws Fault {
        if (chunked && length >= 0) {
            throw Fault.malformed("both Content-Length and Transfer-Encoding");
        }
        if (chunked && !http11) {
            throw Fault.malformed("Transfer-Encoding in a reply of HTTP/1.0");
        }
        boolean persistent = (http11 || keeps) && !closes;
        return new ReplyHead(status, Headers.of(lines), framing(), persistent, keepAlive);
    }

    private Framing framing() {
        if (chunked) {
            return new Framing.Chunked();
        }
        return length >= 0 ? new Framing.Length(length) : new Framing.UntilClose();
    }

    private void understand(String name, String value) throws Fault {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length" -> length = length(value);
            case "transfer-encoding" -> chunked = chunked(value);
            case "connection" -> connection(value);
            case "keep-alive" -> keepAlive = keepAlive(value);
            default -> {}
        }
    }

    private long length(String value) throws Fault {
        if (!digits(value) || value.length() > LONGEST_NUMBER) {
            throw Fault.malformed("a Content-Length of \"%s\"".formatted(shown(value)));
        }
        long told = Long.parseLong(value);
        if (length >= 0 && length != told) {
            throw Fault.malformed("Content-Length twice, %d and %d".formatted(length, told));
        }
        return told;
    }

    /** Only chunked, and only once: we asked for no compression. */
    private boolean chunked(String value) throws Fault {
        if (chunked || !value.equalsIgnoreCase("chunked")) {
            throw Fault.malformed("a Transfer-Encoding other than chunked: \"%s\"".formatted(shown(value)));
        }
        return true;
    }

    private void connection(String value) {
        for (String token : value.split(",", -1)) {
            closes |= token.strip().equalsIgnoreCase("close");
            keeps |= token.strip().equalsIgnoreCase("keep-alive");
        }
    }

    static Optional<Duration> keepAlive(String value) {
        for (String part : value.split(",", -1)) {
            String[] pair = part.split("=", 2);
            if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("timeout")) {
                String seconds = pair[1].strip();
                return digits(seconds) && seconds.length() <= 6
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String value(Input input, int from, int to, String name) throws Fault {
        int start = from;
        int end = to;
        while (start < end && isBlank(input.at(start))) {
            start++;
        }
        while (end > start && isBlank(input.at(end - 1))) {
            end--;
        }
        if (hasControl(input, start, end)) {
            throw Fault.malformed("a control character in the header %s".formatted(name));
        }
        return input.text(start, end);
    }

    private static boolean hasControl(Input input, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isControl(input.at(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean digits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isControl(byte b) {
        return (b >= 0 && b < ' ' && b != '\t') || b == 0x7f;
    }

    private static boolean isToken(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
    }

    private static String shown(Input input, int length) {
        return shown(input.text(0, Math.min(length, 80)));
    }

    private static String shown(String seen) {
        String start = seen.length() <= 80 ? seen : seen.substring(0, 80) + "…";
        return start.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?");
    }
}
