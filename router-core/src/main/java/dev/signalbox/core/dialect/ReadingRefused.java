package dev.signalbox.core.dialect;

/** The texts of a request cannot be read: there are too many of them, or there is no memory for them now. */
public final class ReadingRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    private ReadingRefused(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    static ReadingRefused tooLarge(long most) {
        return new ReadingRefused(
                "what the request says takes more than the %,d MiB of memory there are for reading it"
                        .formatted(most >> 20),
                true);
    }

    static ReadingRefused tooLarge(String member, long most) {
        return new ReadingRefused("%s: it has more than the %,d MiB it may have".formatted(member, most >> 20), true);
    }

    static ReadingRefused crowded() {
        return new ReadingRefused(
                "too many large requests are being read; no memory became free in time for another one", false);
    }

    /** Whether it will be so the next time, too. */
    public boolean permanent() {
        return permanent;
    }
}
