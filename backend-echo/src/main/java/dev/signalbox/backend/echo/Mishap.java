package dev.signalbox.backend.echo;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.util.Arrays;
import java.util.Optional;

/**
 * A failure that was ordered.
 *
 * @param kind its kind
 * @param at where in the answer it happens
 * @param every which calls it happens to
 */
record Mishap(FailureKind kind, At at, long every) {

    /** Where, and in what way. */
    enum At {
        HEAD,
        BEFORE_CONTENT,
        MID_STREAM,
        STALL,
        TRUNCATE,
        GARBAGE
    }

    private static final String WORDS = "fails as it was told to: ";

    boolean happensTo(long call) {
        return call % every == 0;
    }

    /** What an error frame says. */
    String words() {
        return WORDS + kind.id();
    }

    BackendException failure() {
        return new BackendException(failure(kind, statusOf(kind)));
    }

    /** The ordered failure that an error speaks of; empty if it speaks of none. */
    static Optional<Failure> in(String error, int status) {
        return Arrays.stream(FailureKind.values())
                .filter(kind -> error.contains(WORDS + kind.id()))
                .findFirst()
                .map(kind -> failure(kind, status));
    }

    private static Failure failure(FailureKind kind, int status) {
        return new Failure(kind, status, "", WORDS + kind.id(), Optional.empty());
    }

    /** The status a server would have answered with; 0 where there would have been no answer. */
    private static int statusOf(FailureKind kind) {
        return switch (kind) {
            case UNREACHABLE, TIMED_OUT, BROKEN_REPLY, DEFECT -> 0;
            case UNAUTHORIZED -> 401;
            case SERVER_ERROR -> 500;
            default -> kind.status();
        };
    }
}
