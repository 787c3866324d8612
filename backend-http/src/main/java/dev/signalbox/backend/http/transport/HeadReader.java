package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;

/** Reads the head of a reply, past what a server may send before it. Bounded in every direction. */
final class HeadReader {

    /** A line of a head. A limit of 8 KiB is what most servers put on their clients, so nobody needs more. */
    static final int LONGEST_LINE = 8 * 1024;

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int MOST_LINES = 200;
    private static final int MOST_INTERIM = 8;
    private static final byte TLS_ALERT = 0x15;
    private static final byte TLS_MAJOR = 3;

    private final Input input;
    private int bytes;
    private int lines;

    private HeadReader(Input input) {
        this.input = input;
    }

    /** The head of the reply, waiting for it; interim ones such as {@code 100 Continue} are skipped. */
    static ReplyHead read(Input input) throws IOException {
        if (input.buffered() == 0 && !input.fill()) {
            throw new Fault(Reason.NO_REPLY, "the server closed the connection without a reply");
        }
        requireNoTls(input);
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            HeadLines head = new HeadReader(input).lines();
            if (head.status() >= 200) {
                return head.finished();
            }
            if (head.status() == 101) {
                throw Fault.malformed("the server changes to a protocol that nobody asked for (status 101)");
            }
        }
        throw Fault.malformed("more than %d interim replies".formatted(MOST_INTERIM));
    }

    /** A server behind TLS answers what it does not understand with a record of its own: an alert. */
    private static void requireNoTls(Input input) throws IOException {
        boolean alert = input.at(0) == TLS_ALERT && (input.buffered() > 1 || input.fill()) && input.at(1) == TLS_MAJOR;
        if (alert) {
            throw new Fault(Reason.TLS, TlsWanted.WORDS);
        }
    }

    private HeadLines lines() throws IOException {
        int length = next();
        HeadLines head = HeadLines.begin(input, length);
        input.skipLine(length);
        for (length = next(); length > 0; length = next()) {
            head.add(input, length);
            input.skipLine(length);
        }
        input.skipLine(0);
        return head;
    }

    private int next() throws IOException {
        int length = input.line(LONGEST_LINE, true);
        bytes += length + 2;
        lines++;
        if (bytes > LONGEST_HEAD || lines > MOST_LINES + 2) {
            throw Fault.malformed("a head of more than %d lines or %d bytes".formatted(MOST_LINES, LONGEST_HEAD));
        }
        return length;
    }
}
