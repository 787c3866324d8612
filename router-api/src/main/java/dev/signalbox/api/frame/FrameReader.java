package dev.signalbox.api.frame;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Reads a stream frame by frame.
 *
 * <p>For one thread at a time, except that {@link #close} may come from any thread. It asks the stream for more only
 * when no whole frame is left of what was read, so at most one read of 8 KiB and one unfinished frame are held.
 */
public final class FrameReader implements Closeable {

    private static final int READ = 8 * 1024;

    private final InputStream in;
    private final FrameParser parser;
    private final byte[] buffer = new byte[READ];
    private final Queue<Frame> read = new ArrayDeque<>();
    private boolean ended;
    private Optional<FrameTooLarge> tooLarge = Optional.empty();

    /** Reads frames with the {@linkplain Framing#DEFAULT_LIMIT usual limit}. */
    public FrameReader(InputStream in, Framing framing) {
        this(in, framing, Framing.DEFAULT_LIMIT);
    }

    /**
     * Reads frames.
     *
     * @param limit how many bytes one frame may have at most
     */
    public FrameReader(InputStream in, Framing framing, int limit) {
        this.in = in;
        this.parser = framing.parser(limit);
    }

    /**
     * Waits for the next frame; empty at the end of the stream. A last frame without its line end is a frame.
     *
     * @throws FrameTooLarge if the frame has more bytes than the limit
     * @throws IOException as the stream throws it; frames before it were returned, an unfinished one is lost
     */
    public Optional<Frame> next() throws IOException {
        while (read.isEmpty() && !ended) {
            readMore();
        }
        if (read.isEmpty() && tooLarge.isPresent()) {
            throw tooLarge.get();
        }
        return Optional.ofNullable(read.poll());
    }

    private void readMore() throws IOException {
        int count = in.read(buffer);
        try {
            if (count >= 0) {
                parser.feed(buffer, 0, count, read::add);
            } else {
                ended = true;
                parser.end(read::add);
            }
        } catch (FrameTooLarge failure) { // what was read before it is still to be returned
            ended = true;
            tooLarge = Optional.of(failure);
        }
    }

    /** Whether {@link #next} has an answer without asking the stream: a good moment to flush is when it has not. */
    public boolean ready() {
        return ended || !read.isEmpty();
    }

    /** Closes the stream. */
    @Override
    public void close() throws IOException {
        in.close();
    }
}
