package dev.signalbox.backend.http;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.util.Optional;

/** What servers cannot do that keep no answers: go on from one of them. */
public final class Stateless {

    private static final String PREVIOUS = "previous_response_id";

    private Stateless() {}

    /**
     * Lets a call pass that needs nothing kept.
     *
     * @throws BackendException if it goes on from an earlier answer, which no server like this one knows
     */
    public static void check(BackendCall call) throws BackendException {
        boolean goesOn = call.dialect().equals(Dialect.OPENAI_RESPONSES)
                && call.request()
                        .raw("/" + PREVIOUS)
                        .filter(value -> !value.equals("null") && !value.equals("\"\""))
                        .isPresent();
        if (goesOn) {
            throw new BackendException(new Failure(
                    FailureKind.REJECTED,
                    400,
                    "previous_response_not_found",
                    PREVIOUS + ": this server keeps no answers; send the whole conversation in `input`",
                    Optional.empty()));
        }
    }
}
