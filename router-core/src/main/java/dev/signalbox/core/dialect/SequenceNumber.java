package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The numbers of the events of {@code openai.responses}: clients want one in every event, the last one included. */
final class SequenceNumber {

    private static final byte[] NAME = "\"sequence_number\":".getBytes(UTF_8);
    private static final int LONGEST = 9; // digits: more of them are no number of an event

    private SequenceNumber() {}

    /** The number that comes after the last one in these bytes; 0 if there is none. */
    static long after(byte[] told) {
        for (int at = told.length - NAME.length; at >= 0; at--) {
            if (stands(at, told)) {
                return number(at + NAME.length, told) + 1;
            }
        }
        return 0;
    }

    private static boolean stands(int at, byte[] told) {
        for (int i = 0; i < NAME.length; i++) {
            if (told[at + i] != NAME[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(int from, byte[] told) {
        int at = from;
        while (at < told.length && told[at] == ' ') {
            at++;
        }
        long number = 0;
        for (int end = at + LONGEST; at < Math.min(end, told.length) && told[at] >= '0' && told[at] <= '9'; at++) {
            number = 10 * number + told[at] - '0';
        }
        return number;
    }
}
