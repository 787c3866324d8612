package dev.signalbox.backend.http.transport;

import dev.signalbox.api.Headers;
import java.io.InputStream;
import java.time.Duration;

/** The head of a reply and its bytes to come. One thread reads; any thread may close. */
public interface HttpReply extends AutoCloseable {

    /** The status, 200 to 599. */
    int status();

    /** The header lines as they came. */
    Headers headers();

    /**
     * The bytes, free of framing.
     *
     * <p>A read returns what is there as soon as something is there, joining pieces only if they have arrived already.
     * {@code available()} tells what can be had without asking the network. Reading to the end gives the connection
     * back; a body that ends too early, and every other trouble, is a {@link TransportException}, also when read again.
     */
    InputStream body();

    /**
     * Gives what is left of the reply less time than its call had, where that is more. For the thread that reads.
     *
     * @param limit from now on
     */
    void endWithin(Duration limit);

    /** Closes the socket unless the body was read to its end. A blocked reader is freed. Does nothing the second time. */
    @Override
    void close();
}
