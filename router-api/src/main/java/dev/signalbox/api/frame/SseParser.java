package dev.signalbox.api.frame;

/**
 * Cuts at empty lines, and after each comment that stands outside an event.
 *
 * <p>A line may end with LF, CRLF or CR. Whether a CR is followed by its LF can take until the next read to know. It is
 * waited for only while the stream has not shown a lone CR, so that events of a stream with lone CRs are not held back.
 */
final class SseParser extends FrameParser {

    /** Something other than a line end was seen in this line. */
    private boolean inLine;

    /** This line began with a colon. */
    private boolean comment;

    /** A line of this frame was no comment, so only an empty line ends the frame. */
    private boolean inEvent;

    /** The byte before was a CR; if this one is an LF it belongs to it. */
    private boolean afterCr;

    /** The CR before ended the frame unless an LF belongs to it. */
    private boolean cut;

    private boolean loneCrSeen;

    /** How many bytes of a leading byte order mark were seen; the length of the mark once that is settled. */
    private int mark;

    SseParser(int limit) {
        super(Framing.SSE, limit);
    }

    @Override
    int endOfFrame(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (inLine) {
                at = endOfLine(bytes, at, to);
                if (at == to) {
                    return -1;
                }
            }
            byte one = bytes[at];
            if (afterCr) {
                boolean ended = cut;
                boolean secondHalf = one == '\n';
                afterCr = false;
                cut = false;
                loneCrSeen |= !secondHalf;
                if (ended) {
                    return secondHalf ? at + 1 : at;
                }
                if (secondHalf) {
                    continue;
                }
            }
            if (one == '\n' || one == '\r') {
                if (endsFrame(one)) {
                    return at + 1;
                }
            } else {
                beginLine(one);
            }
        }
        return -1;
    }

    private static int endOfLine(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private boolean endsFrame(byte lineEnd) {
        boolean ended = !inLine || (comment && !inEvent);
        inLine = false;
        mark = ByteOrderMark.length();
        if (ended) {
            inEvent = false;
        }
        if (lineEnd == '\n') {
            return ended;
        }
        if (ended && loneCrSeen) {
            return true;
        }
        afterCr = true;
        cut = ended;
        return false;
    }

    private void beginLine(byte one) {
        if (mark < ByteOrderMark.length() && ByteOrderMark.hasAt(mark, one)) {
            mark++;
            return;
        }
        boolean halfMark = mark > 0 && mark < ByteOrderMark.length();
        mark = ByteOrderMark.length();
        inLine = true;
        comment = one == ':' && !halfMark;
        inEvent |= !comment;
    }
}
