package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;

/**
 * What only its maker can read: the signature of a thought, or a thought that is locked up. Whoever else is sent it may
 * refuse the whole request, so a client of another dialect is told it with its maker's name before it, by which it is known
 * when it comes back.
 *
 * @param maker the dialect in which its maker told it
 * @param data as its maker wrote it; empty if there is nothing
 */
public record Seal(Dialect maker, String data) {

    /** What foreign ones begin with; in no dialect do its own. */
    public static final String MARK = "signalbox:";

    private static final char END = ':';

    /** As a request of that dialect has it. */
    static Seal in(Dialect dialect, String text) {
        int end = text.startsWith(MARK) ? text.indexOf(END, MARK.length()) : -1;
        String maker = end < 0 ? "" : text.substring(MARK.length(), end);
        return Dialect.KNOWN.stream()
                .filter(known -> known.id().equals(maker))
                .findFirst()
                .map(known -> new Seal(known, text.substring(end + 1)))
                .orElseGet(() -> new Seal(dialect, text));
    }

    /** As it is told to a client of that dialect. */
    String to(Dialect client) {
        return data.isEmpty() || maker.equals(client) ? data : MARK + maker + END + data;
    }

    /** Whether a server of that dialect may have made it, and so can be sent it. */
    boolean isBy(Dialect dialect) {
        return !data.isEmpty() && maker.equals(dialect);
    }

    /** Whether there is nothing. */
    boolean isEmpty() {
        return data.isEmpty();
    }
}
