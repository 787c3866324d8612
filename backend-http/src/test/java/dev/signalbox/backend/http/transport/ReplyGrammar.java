package dev.signalbox.backend.http.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reply means, read all at once with regular expressions; slow, and short enough to be believed. */
final class ReplyGrammar {

    private static final String LINE_END = "\r\n";
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})( [^\\x00-\\x08\\x0a-\\x1f\\x7f]*)?");
    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([^\\x00-\\x08\\x0a-\\x1f\\x7f]*?)[ \\t]*");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(;.*)?", Pattern.DOTALL);
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /**
     * One whole reply.
     *
     * @param rest how many bytes come after it
     */
    record Meaning(int status, byte[] body, int rest) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Meaning that
                    && status == that.status
                    && rest == that.rest
                    && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return 31 * status + rest;
        }

        @Override
        public String toString() {
            return "%d, body \"%s\", %d bytes after it".formatted(status, new String(body, ISO_8859_1), rest);
        }
    }

    /** Something that is no whole reply, or not one that means only one thing. */
    private static final class Refused extends Exception {}

    private String left;

    private ReplyGrammar(byte[] reply) {
        this.left = new String(reply, ISO_8859_1);
    }

    static Optional<Meaning> meaning(byte[] reply, String method) {
        try {
            return Optional.of(new ReplyGrammar(reply).reply(method));
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private Meaning reply(String method) throws Refused {
        for (int interim = 0; interim <= 8; interim++) {
            List<String> head = head();
            Matcher status = matched(STATUS_LINE, head.getFirst());
            int code = Integer.parseInt(status.group(2));
            for (String line : head.subList(1, head.size())) {
                matched(HEADER, line);
            }
            refuseIf(code == 101);
            Framing framing =
                    new Framing(head.subList(1, head.size()), status.group(1).equals("0"), code >= 200);
            if (code >= 200) {
                boolean bodiless = method.equals("HEAD") || code == 204 || code == 304;
                String body = bodiless ? "" : body(framing);
                return new Meaning(code, body.getBytes(ISO_8859_1), left.length());
            }
        }
        throw new Refused();
    }

    private String body(Framing framing) throws Refused {
        if (framing.chunked) {
            return chunks();
        }
        return take(framing.length < 0 ? left.length() : framing.length);
    }

    private String chunks() throws Refused {
        StringBuilder body = new StringBuilder();
        while (true) {
            long size = Long.parseLong(matched(CHUNK, line(1024)).group(1), 16);
            if (size == 0) {
                break;
            }
            body.append(take(size));
            refuseIf(!line(0).isEmpty());
        }
        for (int trailers = 0; !line(8192).isEmpty(); trailers++) {
            refuseIf(trailers == 100);
        }
        return body.toString();
    }

    private List<String> head() throws Refused {
        List<String> lines = new ArrayList<>();
        int before = left.length();
        do {
            lines.add(line(8192));
            refuseIf(lines.size() > 202 || before - left.length() > 65_536);
        } while (!lines.getLast().isEmpty());
        refuseIf(lines.size() < 2);
        return lines.subList(0, lines.size() - 1);
    }

    private String line(int longest) throws Refused {
        int end = left.indexOf(LINE_END);
        refuseIf(end < 0 || end > longest);
        String line = left.substring(0, end);
        refuseIf(line.contains("\r") || line.contains("\n"));
        left = left.substring(end + 2);
        return line;
    }

    private String take(long count) throws Refused {
        refuseIf(count > left.length());
        String taken = left.substring(0, (int) count);
        left = left.substring((int) count);
        return taken;
    }

    private static Matcher matched(Pattern pattern, String text) throws Refused {
        Matcher matcher = pattern.matcher(text);
        refuseIf(!matcher.matches());
        return matcher;
    }

    private static void refuseIf(boolean wrong) throws Refused {
        if (wrong) {
            throw new Refused();
        }
    }

    /** What the header lines say of the body. */
    private static final class Framing {

        private final boolean chunked;
        private final long length;

        Framing(List<String> headers, boolean http10, boolean last) throws Refused {
            List<String> encodings = values(headers, "transfer-encoding");
            List<String> lengths = values(headers, "content-length");
            chunked = !encodings.isEmpty();
            refuseIf(chunked && (encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked")));
            refuseIf(last && chunked && (http10 || !lengths.isEmpty()));
            long told = -1;
            for (String text : lengths) {
                long one = Long.parseLong(matched(LENGTH, text).group());
                refuseIf(told >= 0 && told != one);
                told = one;
            }
            length = told;
        }

        private static List<String> values(List<String> headers, String name) throws Refused {
            List<String> values = new ArrayList<>();
            for (String line : headers) {
                Matcher header = matched(HEADER, line);
                if (header.group(1).equalsIgnoreCase(name)) {
                    values.add(header.group(2));
                }
            }
            return values;
        }
    }
}
