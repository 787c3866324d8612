package dev.signalbox.bench;

/** The bench cannot go on: something is not installed, not built, not listening. The message says what to do. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
