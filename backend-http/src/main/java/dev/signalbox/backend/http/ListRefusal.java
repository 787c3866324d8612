package dev.signalbox.backend.http;

import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;

/** What a list of models that was not given means: a server may be well all the same. */
public final class ListRefusal {

    private ListRefusal() {}

    /**
     * Why there is no list, in words for the detail of a probe.
     *
     * @param refused what asking for the list threw
     * @param clientsKey whether only clients have a key
     * @throws BackendException if the server is not well, or does not accept our key
     */
    public static String reason(BackendException refused, boolean clientsKey) throws BackendException {
        Failure failure = refused.failure();
        return switch (failure.status()) {
            case 404, 405, 501 -> "it lists no models: name them under `models:`";
            case 401, 403 -> {
                if (clientsKey) {
                    yield "it lists models to those with a key only: name them under `models:`";
                }
                throw new BackendException(withKeyHint(failure), refused);
            }
            default -> throw refused;
        };
    }

    private static Failure withKeyHint(Failure failure) {
        return new Failure(
                failure.kind(),
                failure.status(),
                failure.code(),
                "it does not accept the key, see `api-key` (status %d: %s)"
                        .formatted(failure.status(), failure.message()),
                failure.retryAfter());
    }
}
