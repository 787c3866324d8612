package dev.signalbox.bench;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A chat request of an exact size, in the shape the usual client libraries send: messages first, then model and stream;
 * the text is full of line ends, quotation marks and letters of more than one byte.
 *
 * @param bodyBytes the size of the body, at least {@value #MIN_BODY_BYTES}
 * @param script what the mock upstream is to do
 */
record ChatRequest(int bodyBytes, Script script) {
    static final String MODEL = "bench";
    static final int MIN_BODY_BYTES = 512;

    /** A request is sent in two parts if it is larger, so that the large one can be shared by all connections. */
    private static final int FIRST_PART = 1 << 14;

    private static final int MESSAGE_BYTES = 3_000;
    private static final String TEXT =
            "The order of \\\"stages\\\" is one line:\\n\\tthis.stages = List.of(entrance, limit); // naïve → exact\\n";
    private static final String NEXT_USER = "\"},{\"role\":\"user\",\"content\":\"";
    private static final String NEXT_ASSISTANT = "\"},{\"role\":\"assistant\",\"content\":\"";

    ChatRequest {
        if (bodyBytes < MIN_BODY_BYTES) {
            throw new IllegalArgumentException("bodyBytes is " + bodyBytes + ", less than " + MIN_BODY_BYTES);
        }
    }

    /** Writes the whole request as it is sent to that address. */
    byte[] bytes(InetSocketAddress to, String path) {
        String head = "POST " + path + " HTTP/1.1\r\n"
                + "Host: " + to.getHostString() + ":" + to.getPort() + "\r\n"
                + "User-Agent: signalbox-bench\r\n"
                + "Accept: " + (script.streamed() ? "text/event-stream" : "application/json") + "\r\n"
                + "Authorization: Bearer bench\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + bodyBytes + "\r\n\r\n";
        return (head + body(Client.at(path))).getBytes(StandardCharsets.UTF_8);
    }

    String body(Client client) {
        String end = "\"}],\"model\":\"" + MODEL + "\",\"temperature\":0.2" + client.members()
                + (script.streamed() ? ",\"stream\":true}" : "}");
        StringBuilder body =
                new StringBuilder("{\"messages\":[{\"role\":\"user\",\"content\":\"" + script.text() + " ");
        int room = bodyBytes - body.length() - end.length();
        room = fill(body, room);
        return body.append(".".repeat(room)).append(end).toString();
    }

    /** Adds whole sentences and messages while there is room, and tells what room is left. */
    private static int fill(StringBuilder body, int room) {
        int sentence = TEXT.getBytes(StandardCharsets.UTF_8).length;
        int left = room;
        int message = 0;
        for (int messages = 0; left >= sentence + NEXT_ASSISTANT.length(); ) {
            body.append(TEXT);
            left -= sentence;
            message += sentence;
            if (message > MESSAGE_BYTES) {
                String next = messages++ % 2 == 0 ? NEXT_ASSISTANT : NEXT_USER;
                body.append(next);
                left -= next.length();
                message = 0;
            }
        }
        return left;
    }

    /** Makes requests for the connections to one contender: what all share is made once. */
    Copies copies(Contender to) {
        return new Copies(bytes(to.address(), to.path()));
    }

    /** Where the requests of connections come from. Any thread may ask for a copy. */
    static final class Copies {
        private final byte[] first;
        private final ByteBuffer rest;
        private final int idAt;

        private Copies(byte[] bytes) {
            int split = Math.min(bytes.length, FIRST_PART);
            first = Arrays.copyOf(bytes, split);
            rest = ByteBuffer.allocateDirect(bytes.length - split)
                    .put(bytes, split, bytes.length - split)
                    .flip();
            idAt = new String(first, StandardCharsets.ISO_8859_1).indexOf(Script.BEGIN) + Script.BEGIN.length();
        }

        Copy copy() {
            ByteBuffer own = ByteBuffer.allocateDirect(first.length).put(first).flip();
            return new Copy(own, rest.duplicate(), idAt);
        }
    }

    /** The request of one connection, sent again and again with another id. */
    record Copy(ByteBuffer first, ByteBuffer rest, int idAt) {

        /** Makes the buffers ready to be sent as the request of that id. */
        void number(long id) {
            long left = id;
            for (int i = idAt + Script.ID_DIGITS - 1; i >= idAt; i--) {
                first.put(i, (byte) ('0' + left % 10));
                left /= 10;
            }
            first.rewind();
            rest.rewind();
        }
    }
}
