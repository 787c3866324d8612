package dev.signalbox.core.engine;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Framing;
import dev.signalbox.spi.BackendException;
import java.util.Optional;

/** A reply on its way to the client: read to its commit, then given on. Any thread may ask; one thread reads. */
sealed interface Answering permits FramedAnswer, WholeAnswer {

    /**
     * The way to read a reply.
     *
     * @throws BackendException if it is a stream that nobody asked for
     */
    static Answering of(Trial trial, Upstream upstream) throws BackendException {
        Optional<Framing> framing = upstream.headers().first("Content-Type").flatMap(Framing::of);
        if (framing.isEmpty()) {
            return new WholeAnswer(trial, upstream);
        }
        if (!trial.journey().request().streamed()) {
            throw new BackendException(
                    FailureKind.BROKEN_REPLY, "the server answered with a stream that was not asked for");
        }
        return new FramedAnswer(trial, upstream, framing.get());
    }

    /** Whether it comes as frames. */
    boolean framed();

    /** Reads until the commit. */
    void open() throws BackendException, InterruptedException;

    /** Gives on what is there, waiting for at least one byte; -1 at the end, whatever the end is. */
    int read(byte[] into, int offset, int length) throws InterruptedException;

    /** How many bytes are there without waiting, at least. For the thread that reads. */
    int available();

    /** Whether the model has said all it had to say, though the last bytes may still be on their way. */
    boolean complete();

    /** What broke it off after the commit. */
    Optional<BackendException> broken();

    /** The tokens, as far as they were told. */
    Optional<Usage> usage();

    /** About how many tokens the answer has up to now, for where that is not told. */
    long roughTokens();
}
