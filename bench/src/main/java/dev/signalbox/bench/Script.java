package dev.signalbox.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What a request tells the mock upstream to do. It travels in the text of the first message, since that is what every
 * router passes on unchanged.
 *
 * @param id names the request; its reply carries the same number in every mark
 * @param chunks how many chunks to stream; 0 asks for a reply that is not streamed
 * @param every the time from one chunk to the next; zero sends all at once
 * @param silent the time before the head of the reply
 * @param replyBytes the size of the body of a reply that is not streamed
 */
record Script(long id, int chunks, Duration every, Duration silent, int replyBytes) {
    static final int ID_DIGITS = 12;
    static final String BEGIN = "#bench ";
    static final int MAX_CHUNKS = 100_000;
    static final int MAX_REPLY_BYTES = 1 << 24;
    static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private static final int NUMBERS = 5;
    private static final int MAX_DIGITS = 18;

    Script {
        check("chunks", chunks, MAX_CHUNKS);
        check("every", every.toMillis(), MAX_WAIT.toMillis());
        check("silent", silent.toMillis(), MAX_WAIT.toMillis());
        check("replyBytes", replyBytes, MAX_REPLY_BYTES);
    }

    static Script plain(int replyBytes) {
        return new Script(0, 0, Duration.ZERO, Duration.ZERO, replyBytes);
    }

    static Script stream(int chunks, Duration every) {
        return new Script(0, chunks, every, Duration.ZERO, 0);
    }

    Script after(Duration silence) {
        return new Script(id, chunks, every, silence, replyBytes);
    }

    boolean streamed() {
        return chunks > 0;
    }

    /** Tells how many marks the reply carries: one for each chunk, or one at either end of a body. */
    int marks() {
        return streamed() ? chunks : 2;
    }

    /** Writes the script as text that needs no escaping in JSON. */
    String text() {
        return "%s%012d %d %d %d %d#".formatted(BEGIN, id, chunks, every.toMillis(), silent.toMillis(), replyBytes);
    }

    /** Finds the script in the beginning of a request's body; a number out of its bounds makes it no script. */
    static Optional<Script> find(byte[] body, int length) {
        int at = indexOf(body, length, BEGIN);
        if (at < 0) {
            return Optional.empty();
        }
        long[] numbers = new long[NUMBERS];
        int found = 0;
        int digits = 0;
        for (int i = at + BEGIN.length(); i < length && digits <= MAX_DIGITS; i++) {
            byte b = body[i];
            if (b >= '0' && b <= '9') {
                numbers[found] = numbers[found] * 10 + b - '0';
                digits++;
            } else if (b == ' ' && found + 1 < NUMBERS) {
                found++;
                digits = 0;
            } else {
                return b == '#' && found + 1 == NUMBERS ? of(numbers) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Script> of(long[] numbers) {
        if (numbers[1] > MAX_CHUNKS
                || numbers[2] > MAX_WAIT.toMillis()
                || numbers[3] > MAX_WAIT.toMillis()
                || numbers[4] > MAX_REPLY_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new Script(
                numbers[0], (int) numbers[1], Duration.ofMillis(numbers[2]), Duration.ofMillis(numbers[3]), (int)
                        numbers[4]));
    }

    private static int indexOf(byte[] bytes, int length, String text) {
        for (int i = 0; i + text.length() <= length; i++) {
            int k = 0;
            while (k < text.length() && bytes[i + k] == text.charAt(k)) {
                k++;
            }
            if (k == text.length()) {
                return i;
            }
        }
        return -1;
    }

    private static void check(String name, long value, long bound) {
        if (value < 0 || value > bound) {
            throw new IllegalArgumentException(name + " is " + value + ", not between 0 and " + bound);
        }
    }
}
