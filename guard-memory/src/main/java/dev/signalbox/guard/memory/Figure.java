package dev.signalbox.guard.memory;

import java.util.Locale;

/** What a model takes, and who says so. */
record Figure(long bytes, Source source) {

    static final Figure UNKNOWN = new Figure(0, Source.UNKNOWN);

    /** Who says what a model takes. */
    enum Source {
        /** Whoever configured it. */
        CONFIGURED,
        /** Its server says what it takes now. */
        REPORTED,
        /** Its server said so when it was loaded last. */
        SEEN,
        /** The size of its file, and what its context takes. */
        FILE,
        /** The size of its file or what it took when it was seen, and a guess of what its context takes. */
        GUESSED,
        /** Nobody: it counts for nothing. */
        UNKNOWN;

        /** The word in reports. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** So much more, as it is told by whoever tells the rest. */
    Figure plus(long more) {
        return more == 0 ? this : new Figure(bytes + Math.min(more, Long.MAX_VALUE - bytes), source);
    }

    /** Whichever is larger: memory that is not there does more harm than memory that is not used. */
    Figure orLarger(Figure other) {
        return other.bytes > bytes ? other : this;
    }
}
