package dev.signalbox.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * An answer that has begun: the first content is here, and nothing falls back any more.
 *
 * <p>Read it one way: {@link #body}, {@link #frames} or {@link #text}. One thread reads; any thread may close.
 * Closing before the end ends the generation. Whoever got the response closes it, also after reading all of it.
 */
public interface RoutedResponse extends AutoCloseable {

    /** The HTTP status, 2xx. */
    int status();

    /** The headers for the client: what crosses from the server and what the router adds. */
    Headers headers();

    /** The shape of the answer: the client's own dialect. */
    Dialect dialect();

    /** Whether the answer comes as frames. */
    boolean streamed();

    /** Who answers. */
    Target target();

    /**
     * The answer's bytes for the client, given as soon as they are there.
     *
     * <p>If a streamed answer breaks off, an error frame in the client's dialect comes last, without the dialect's
     * end mark. If any other answer breaks off, reading throws {@link BrokenOff}.
     */
    InputStream body();

    /**
     * The answer frame by frame.
     *
     * @throws BrokenOff while iterating, if the answer breaks off
     */
    Iterable<AnswerFrame> frames();

    /**
     * The text of the whole answer, waiting for its end; the texts of all frames in a row if it is streamed.
     *
     * @throws BrokenOff if the answer breaks off
     * @throws IOException if reading fails for another reason
     */
    String text() throws IOException;

    /** The tokens, once the runtime has reported them; surely known only after the end. */
    Optional<Usage> usage();

    /** Whether the answer has broken off, as far as it was read. */
    default boolean brokenOff() {
        return trace().outcome().filter(RouteTrace.Outcome.BROKEN_OFF::equals).isPresent();
    }

    /** What was decided and done up to now. */
    RouteTrace trace();

    /** Ends the generation if it goes on, and gives everything back. Does nothing the second time. */
    @Override
    void close();
}
