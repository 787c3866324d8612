package dev.signalbox.spi;

import dev.signalbox.api.FailureKind;

/** There is no answer to hand over. Its message is the failure's. */
public final class BackendException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** That failure. */
    public BackendException(Failure failure) {
        this(failure, null);
    }

    /** That failure and what caused it. */
    public BackendException(Failure failure, @org.jspecify.annotations.Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** A failure of that kind without an HTTP answer. */
    public BackendException(FailureKind kind, String message) {
        this(Failure.of(kind, message));
    }

    /** What went wrong. */
    public Failure failure() {
        return failure;
    }

    /** What kind of failure it is. */
    public FailureKind kind() {
        return failure.kind();
    }
}
