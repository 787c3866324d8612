package dev.signalbox.core.engine;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.core.dialect.ReplyReader;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The answer beyond the commit: nothing here falls back. */
final class CommittedResponse implements RoutedResponse {

    private final Trial trial;
    private final BackendReply reply;
    private final Answering answer;
    private final Headers headers;
    private volatile boolean closed;

    CommittedResponse(Trial trial, BackendReply reply, Answering answer) {
        this.trial = trial;
        this.reply = reply;
        this.answer = answer;
        this.headers = ReplyHeaders.of(trial.journey(), reply.headers());
    }

    @Override
    public int status() {
        return reply.status();
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public Dialect dialect() {
        return trial.journey().request().dialect();
    }

    @Override
    public boolean streamed() {
        return answer.framed();
    }

    @Override
    public Target target() {
        return trial.contender().target();
    }

    @Override
    public Optional<Usage> usage() {
        return answer.usage();
    }

    @Override
    public RouteTrace trace() {
        return trial.journey().trace().read();
    }

    @Override
    public InputStream body() {
        return new Bytes();
    }

    @Override
    public Iterable<AnswerFrame> frames() {
        if (answer instanceof FramedAnswer framed) {
            framed.quiet();
            return () -> new FrameIterator(body(), dialect(), this::throwIfBroken);
        }
        return () -> List.of(whole()).iterator();
    }

    @Override
    public String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (AnswerFrame frame : frames()) {
            text.append(frame.text());
        }
        return text.toString();
    }

    @Override
    public void close() {
        closed = true;
        settle(answer.complete() ? new Outcome.Answered() : new Outcome.ClientLeft());
    }

    private AnswerFrame whole() {
        try (InputStream bytes = body()) {
            byte[] all = bytes.readAllBytes();
            String text = ReplyReader.of(dialect()).whole(all).text();
            return new AnswerFrame(text, "", "", new String(all, StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    /** Gives everything back with the outcome; only the first time counts. */
    private void settle(Outcome outcome) {
        trial.end(outcome, answer.usage());
        trial.journey().finish(nameOf(outcome), answer.usage());
    }

    private static RouteTrace.Outcome nameOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered ignored -> RouteTrace.Outcome.ANSWERED;
            case Outcome.Failed ignored -> RouteTrace.Outcome.BROKEN_OFF;
            case Outcome.ClientLeft ignored -> RouteTrace.Outcome.CLIENT_LEFT;
        };
    }

    private void ended() {
        Optional<BackendException> broken = answer.broken();
        if (broken.isEmpty()) {
            settle(new Outcome.Answered());
        } else if (trial.leftByClient() || closed) {
            settle(new Outcome.ClientLeft());
        } else {
            trial.journey().trace().brokeOff(target(), broken.get().failure().message());
            settle(new Outcome.Failed(broken.get().failure()));
        }
    }

    private void throwIfBroken() {
        answer.broken().ifPresent(failure -> {
            throw new BrokenOff(Reason.of(target(), failure.failure()).problem(), trace(), failure);
        });
    }

    /** The bytes for the client. One thread reads. */
    private final class Bytes extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count;
            try {
                count = answer.read(into, offset, length);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                settle(new Outcome.ClientLeft());
                throw new IOException("interrupted while waiting for the answer", interrupted);
            }
            if (count < 0) {
                ended();
                if (!answer.framed()) {
                    throwIfBroken();
                }
            }
            return count;
        }

        @Override
        public void close() {
            // the response is what is closed
        }
    }
}
