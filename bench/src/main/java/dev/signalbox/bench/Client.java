package dev.signalbox.bench;

import java.nio.charset.StandardCharsets;

/** Who asks: what its API has in requests beside the words, and how its streams end. */
enum Client {
    OPENAI("", "[DONE]\n\n"),
    ANTHROPIC(",\"max_tokens\":4096", "stop\"}\n\n");

    /** Where Anthropic's clients send their requests. */
    static final String MESSAGES_PATH = "/v1/messages";

    private final String members;
    private final long end;

    Client(String members, String end) {
        this.members = members;
        this.end = tail(end);
    }

    private static long tail(String text) {
        long tail = 0;
        for (byte each : text.getBytes(StandardCharsets.US_ASCII)) {
            tail = tail << Byte.SIZE | each;
        }
        return tail;
    }

    /** The one that asks at that path. */
    static Client at(String path) {
        return path.endsWith(MESSAGES_PATH) ? ANTHROPIC : OPENAI;
    }

    /** What its requests have beside messages, model and stream: members that begin with a comma. */
    String members() {
        return members;
    }

    /** Whether these are the last eight bytes of a stream that ended as it should. */
    boolean ends(long tail) {
        return tail == end;
    }
}
