package dev.signalbox.bench;

import java.nio.charset.StandardCharsets;

/**
 * Finds the marks the mock upstream puts into a reply, in whatever pieces its bytes arrive. A mark names the request
 * it answers, its place in the reply and the moment it was planned for, so a router that loses, repeats, swaps or mixes
 * anything is caught. Not for more than one thread at a time.
 */
final class Marks {
    static final int WIDTH = 42;

    private static final byte EDGE = '~';
    private static final int ID = 0;
    private static final int PLACE = 1;
    private static final int PLANNED = 2;
    private static final int ID_AT = 1;
    private static final int ID_DIGITS = Script.ID_DIGITS;
    private static final int PLACE_AT = ID_AT + ID_DIGITS + 1;
    private static final int PLACE_DIGITS = 6;
    private static final int PLANNED_AT = PLACE_AT + PLACE_DIGITS + 1;
    private static final int PLANNED_DIGITS = 20;

    private final Found found;
    private final long[] numbers = new long[3];
    private int number;
    private boolean inside;

    Marks(Found found) {
        this.found = found;
    }

    /** Called for each mark. */
    @FunctionalInterface
    interface Found {
        void mark(long id, long place, long planned);
    }

    /** Writes the place where a mark will stand, to be filled by {@link #write}. */
    static String blank() {
        return "~" + "0".repeat(ID_DIGITS) + "." + "0".repeat(PLACE_DIGITS) + "." + "0".repeat(PLANNED_DIGITS) + "~";
    }

    static byte[] blankBytes() {
        return blank().getBytes(StandardCharsets.US_ASCII);
    }

    /** Fills the mark that begins at {@code at}. */
    static void write(byte[] bytes, int at, long id, long place, long planned) {
        digits(bytes, at + ID_AT, ID_DIGITS, id);
        digits(bytes, at + PLACE_AT, PLACE_DIGITS, place);
        digits(bytes, at + PLANNED_AT, PLANNED_DIGITS, planned);
    }

    /** Forgets a mark that was begun. */
    void reset() {
        inside = false;
    }

    /** Reads the next bytes of a reply. */
    void read(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (inside) {
                inside(b);
            } else if (b == EDGE) {
                begin();
            }
        }
    }

    private void begin() {
        inside = true;
        number = ID;
        numbers[ID] = 0;
        numbers[PLACE] = 0;
        numbers[PLANNED] = 0;
    }

    private void inside(byte b) {
        if (b >= '0' && b <= '9') {
            numbers[number] = numbers[number] * 10 + b - '0';
        } else if (b == '.' && number < PLANNED) {
            number++;
        } else {
            inside = false; // its end, or a mark that was cut and will be missed
            if (b == EDGE && number == PLANNED) {
                found.mark(numbers[ID], numbers[PLACE], numbers[PLANNED]);
            }
        }
    }

    private static void digits(byte[] bytes, int at, int width, long value) {
        long rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
