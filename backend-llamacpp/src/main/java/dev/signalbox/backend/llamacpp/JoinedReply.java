package dev.signalbox.backend.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameReader;
import dev.signalbox.api.frame.FrameTooLarge;
import dev.signalbox.api.frame.Framing;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * A stream that is handed over as one document. The head is here as soon as that of the stream is; the first read waits
 * for the end. Closing it ends the stream, and with it the generation.
 */
final class JoinedReply implements BackendReply {

    /** Of a stream: some 250,000 tokens, each of which comes with a quarter of a kilobyte around it. */
    private static final long LONGEST = 64L * 1024 * 1024;

    /** What may stand in a frame without data and mean nothing. */
    private static final Pattern FIELDS = Pattern.compile("(?:(?:event|id|retry)?+:[^\\r\\n]*+[\\r\\n]*+)*+\\s*+");

    private final BackendReply stream;
    private final Joining answer;
    private final BiFunction<Integer, String, Failure> errors;
    private final InputStream body = new Body();

    /**
     * That stream.
     *
     * @param answer what its frames are joined to
     * @param errors understands an error inside the stream
     */
    JoinedReply(BackendReply stream, Joining answer, BiFunction<Integer, String, Failure> errors) {
        this.stream = stream;
        this.answer = answer;
        this.errors = errors;
    }

    @Override
    public int status() {
        return stream.status();
    }

    @Override
    public Headers headers() {
        return stream.headers().with("Content-Type", "application/json; charset=utf-8");
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        stream.close();
    }

    private byte[] joined() throws IOException, BackendException {
        FrameReader frames = new FrameReader(stream.body(), Framing.SSE);
        long length = 0;
        boolean ended = false;
        while (!ended) {
            Optional<Frame> frame = next(frames);
            ended = frame.isEmpty() || take(frame.get());
            length += frame.map(Frame::length).orElse(0);
            if (length > LONGEST) {
                throw broken("an answer of more than %d bytes of stream".formatted(LONGEST));
            }
        }
        if (!answer.isFinished()) {
            throw broken("the stream ended without a finish");
        }
        return answer.whole();
    }

    /** Takes what a frame brings; true if nothing comes behind it. */
    private boolean take(Frame frame) throws BackendException {
        if (frame.kind() != Frame.Kind.DATA) {
            throwIfBare(frame);
            return false;
        }
        byte[] data = frame.data();
        if (isEndMark(data)) {
            return true;
        }
        JsonNode chunk = FrameJson.read(data);
        if (chunk.hasNonNull("error") || frame.event().filter("error"::equals).isPresent()) {
            throw new BackendException(errors.apply(status(), frame.text()));
        }
        answer.add(chunk);
        return answer.isOver();
    }

    private static boolean isEndMark(byte[] data) {
        return data.length < 16 && new String(data, UTF_8).startsWith("[DONE]");
    }

    /** A router whose model has died says so in plain words between two frames. */
    private void throwIfBare(Frame frame) throws BackendException {
        String text = new String(frame.raw(), UTF_8);
        if (frame.kind() == Frame.Kind.EMPTY && !FIELDS.matcher(text).matches()) {
            throw new BackendException(errors.apply(status(), text.strip()));
        }
    }

    private static Optional<Frame> next(FrameReader frames) throws IOException, BackendException {
        try {
            return frames.next();
        } catch (FrameTooLarge large) {
            throw new BackendException(Failure.of(FailureKind.BROKEN_REPLY, String.valueOf(large.getMessage())), large);
        }
    }

    private static BackendException broken(String message) {
        return new BackendException(FailureKind.BROKEN_REPLY, message);
    }

    /** The document, made when it is first asked for. For one thread, as a reply's body is. */
    private final class Body extends InputStream {

        private Optional<InputStream> document = Optional.empty();
        private Optional<BackendException> failure = Optional.empty();

        @Override
        public int read() throws IOException {
            return document().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return document().read(into, offset, length);
        }

        @Override
        public int available() throws IOException {
            return document.isPresent() ? document.get().available() : 0;
        }

        @Override
        public void close() {
            JoinedReply.this.close();
        }

        private InputStream document() throws IOException {
            if (failure.isPresent()) {
                throw new BackendFailure(failure.get());
            }
            if (document.isEmpty()) {
                try {
                    document = Optional.of(new ByteArrayInputStream(joined()));
                } catch (BackendException failed) {
                    failure = Optional.of(failed);
                    throw new BackendFailure(failed);
                }
            }
            return document.get();
        }
    }
}
