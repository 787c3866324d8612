package dev.signalbox.bench;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Checks one reply after another against what was asked for. Not for more than one thread at a time. */
final class ReplyCheck {
    private final Script script;
    private final Client client;
    private final Clock clock;
    private final Marks marks = new Marks(this::mark);
    private byte[] copy = new byte[1 << 12];
    private long id;
    private String status = "";
    private long next;
    private long bytes;
    private long tail;
    private String problem = "";

    /**
     * @param script what every request of this connection asks for
     * @param client who asks
     * @param clock is told of every chunk of a stream
     */
    ReplyCheck(Script script, Client client, Clock clock) {
        this.script = script;
        this.client = client;
        this.clock = clock;
    }

    /** Is told when a chunk of a stream should have arrived, in the terms of {@link System#nanoTime}. */
    @FunctionalInterface
    interface Clock {
        void chunk(long planned);
    }

    /** Begins to check the reply to the request of that id. */
    void expect(long id) {
        this.id = id;
        status = "";
        next = 0;
        bytes = 0;
        tail = 0;
        problem = "";
        marks.reset();
    }

    void head(String statusLine) {
        status = statusLine;
    }

    /** Takes what remains in the buffer as a part of the body. */
    void body(ByteBuffer part) {
        int length = part.remaining();
        if (copy.length < length) {
            copy = new byte[length];
        }
        part.get(copy, 0, length);
        bytes += length;
        marks.read(copy, length);
        for (int i = Math.max(0, length - Long.BYTES); i < length; i++) {
            tail = tail << Byte.SIZE | copy[i];
        }
    }

    /** Tells how many chunks, or ends of a body, have arrived in order. */
    long arrived() {
        return next;
    }

    /** Says what is wrong with the reply that has just ended, if anything. */
    Optional<String> problem() {
        if (!status.startsWith("HTTP/1.1 200")) {
            return Optional.of("the status line is \"" + status + "\"");
        }
        if (problem.isEmpty() && next != script.marks()) {
            problem = next + " of " + script.marks() + " marks arrived";
        }
        if (problem.isEmpty() && script.streamed() && !client.ends(tail)) {
            problem = "the stream does not end as one of " + client + " does";
        }
        if (problem.isEmpty() && !script.streamed() && bytes < script.replyBytes()) {
            problem = "the body has " + bytes + " of " + script.replyBytes() + " bytes";
        }
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    private void mark(long of, long place, long planned) {
        if (problem.isEmpty() && (of != id || place != next)) {
            problem =
                    "mark %d of request %d arrived where mark %d of request %d belongs".formatted(place, of, next, id);
        }
        next++;
        if (script.streamed()) {
            clock.chunk(planned);
        }
    }
}
