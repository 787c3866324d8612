package dev.signalbox.backend.vllm;

import dev.signalbox.spi.BackendException;
import java.util.Optional;

/** What a server tells if it was started so that it does. */
final class Told {

    private Told() {}

    /** A question to a server. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws BackendException, InterruptedException;
    }

    /** The answer, or empty if the server has none; nobody there, or nobody in time, is still a failure. */
    static <T> Optional<T> of(Question<T> question) throws BackendException, InterruptedException {
        try {
            return Optional.of(question.ask());
        } catch (BackendException failed) {
            return switch (failed.kind()) {
                case UNREACHABLE, TIMED_OUT -> throw failed;
                default -> Optional.empty();
            };
        }
    }
}
