package dev.signalbox.core.engine;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameReader;
import dev.signalbox.api.frame.Framing;
import dev.signalbox.core.dialect.ReplyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Reads an answer frame by frame, leaving out what is no answer: comments and end marks. */
final class FrameIterator implements Iterator<AnswerFrame> {

    private final FrameReader frames;
    private final ReplyReader reader;
    private final Runnable atEnd;
    private Optional<AnswerFrame> next = Optional.empty();
    private boolean over;

    FrameIterator(InputStream in, Framing framing, Dialect dialect, Runnable atEnd) {
        this.frames = new FrameReader(in, framing);
        this.reader = ReplyReader.of(dialect);
        this.atEnd = atEnd;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && !over) {
            advance();
        }
        return next.isPresent();
    }

    @Override
    public AnswerFrame next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the answer is over");
        }
        AnswerFrame frame = next.orElseThrow();
        next = Optional.empty();
        return frame;
    }

    private void advance() {
        try {
            Optional<Frame> frame = frames.next();
            if (frame.isEmpty()) {
                over = true;
                atEnd.run();
            } else if (frame.get().kind() == Frame.Kind.DATA
                    && !frame.get().text().startsWith("[DONE]")) {
                next = Optional.of(reader.answer(frame.get()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
