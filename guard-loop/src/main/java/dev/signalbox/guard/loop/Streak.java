package dev.signalbox.guard.loop;

import dev.signalbox.spi.RequestView.ToolCall;
import java.util.List;
import java.util.Optional;

/**
 * The same call at the end of a conversation, several times in a row.
 *
 * @param tool which tool
 * @param length how often, as far as was looked
 */
record Streak(String tool, int length) {

    private static final int SHOWN = 64;

    /** The calls at the end that are equal, if there are at least {@code threshold} of them among the last {@code window}. */
    static Optional<Streak> of(List<ToolCall> calls, int window, int threshold) {
        List<ToolCall> last = calls.subList(Math.max(0, calls.size() - window), calls.size());
        if (last.size() < threshold) {
            return Optional.empty();
        }
        ToolCall repeated = last.getLast();
        int length = 0;
        for (ToolCall call : last.reversed()) {
            if (!call.equals(repeated)) {
                break;
            }
            length++;
        }
        return length < threshold ? Optional.empty() : Optional.of(new Streak(shown(repeated.name()), length));
    }

    /** A client wrote it: it is shown in one line that is not too long. */
    private static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
    }
}
