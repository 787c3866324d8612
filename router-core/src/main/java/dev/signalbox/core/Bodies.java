package dev.signalbox.core;

import dev.signalbox.api.Body;
import dev.signalbox.core.body.Spool;
import dev.signalbox.core.body.TooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Takes the bodies of requests in without holding more of them than there is memory for: small ones in memory as long as
 * all together take no more than a quarter of the heap, the others in temporary files. Any thread may use it.
 */
public final class Bodies {

    private final Spool spool = Spool.standard();

    private Bodies() {}

    /** For a whole server; opens nothing. */
    public static Bodies create() {
        return new Bodies();
    }

    /**
     * Reads a body to its end; does not close the stream. Whoever gets the body closes it.
     *
     * @param declaredLength the length the client announced; negative if it announced none
     * @param limit how many bytes the body may have
     * @return the body, or empty if it has or announces more
     * @throws IOException if reading fails or ends before the announced length, or a file cannot be written
     */
    public Optional<Body> take(InputStream in, long declaredLength, long limit) throws IOException {
        try {
            return Optional.of(spool.spool(in, declaredLength, limit));
        } catch (TooLarge more) {
            return Optional.empty();
        }
    }

    /** How many bytes of bodies are in memory now. */
    public long inMemory() {
        return spool.inMemory();
    }
}
