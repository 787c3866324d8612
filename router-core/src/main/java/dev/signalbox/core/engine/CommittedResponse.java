package dev.signalbox.core.engine;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.core.dialect.ReplyReader;
import dev.signalbox.spi.AttemptReport.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The answer beyond the commit: nothing here falls back. */
final class CommittedResponse implements RoutedResponse {

    private final Trial trial;
    private final int status;
    private final Answering answer;
    private final Headers headers;
    private final AtomicBoolean settled = new AtomicBoolean();

    CommittedResponse(Trial trial, Upstream upstream, Answering answer) {
        this.trial = trial;
        this.status = upstream.status();
        this.answer = answer;
        this.headers = ReplyHeaders.of(trial.journey(), trial.headers(upstream.headers(), answer.framed()));
    }

    @Override
    public int status() {
        return status;
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
    public boolean brokenOff() {
        return answer.broken().isPresent();
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
            return () -> new FrameIterator(body(), framed.framing(), dialect(), this::throwIfBroken);
        }
        return () -> List.of(whole()).iterator();
    }

    @Override
    public String text() throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            frames().forEach(frame -> text.append(frame.text()));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        return text.toString();
    }

    @Override
    public void close() {
        Outcome outcome = outcome();
        if (!(outcome instanceof Outcome.Answered)) {
            trial.stop(Stop.CLIENT); // frees whoever reads
        }
        settle(outcome);
    }

    private AnswerFrame whole() {
        try (InputStream bytes = body()) {
            byte[] all = bytes.readAllBytes();
            String text = ReplyReader.of(dialect()).text(ByteBuffer.wrap(all));
            return new AnswerFrame(text, "", "", new String(all, StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** How it went, if it ends here. */
    private Outcome outcome() {
        if (answer.complete()) {
            return new Outcome.Answered();
        }
        return answer.broken()
                .filter(broken -> !trial.abandoned())
                .<Outcome>map(broken -> new Outcome.Failed(broken.failure()))
                .orElseGet(Outcome.ClientLeft::new);
    }

    /** Gives everything back with the outcome; only the first time counts. */
    private void settle(Outcome outcome) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        if (outcome instanceof Outcome.Failed failed) {
            trial.journey().trace().brokeOff(target(), failed.failure().message());
            Contender contender = trial.contender();
            contender.engine().prober().failed(contender.member(), failed.failure());
        }
        trial.end(outcome, answer.usage().or(this::estimated));
        trial.journey().finish(nameOf(outcome), answer.usage());
    }

    /** Where nobody told the tokens, and a guard wants them. */
    private Optional<Usage> estimated() {
        Journey journey = trial.journey();
        return journey.plan().usageWanted()
                ? Optional.of(
                        new Usage(journey.request().roughTokens(), answer.roughTokens(), 0, 0, Usage.Source.ESTIMATED))
                : Optional.empty();
    }

    private RouteTrace.Outcome nameOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered ignored -> RouteTrace.Outcome.ANSWERED;
            case Outcome.Failed ignored -> RouteTrace.Outcome.BROKEN_OFF;
            case Outcome.ClientLeft ignored ->
                trial.stopped(Stop.CLOSING) ? RouteTrace.Outcome.BROKEN_OFF : RouteTrace.Outcome.CLIENT_LEFT;
        };
    }

    /** Whoever ended the answer is not told that it ended well. */
    private void throwIfLeft() {
        if (!answer.complete() && trial.stopped(Stop.CLIENT)) {
            settle(outcome());
            throw new Cancelled(
                    Problem.passing(Cancelled.BY_CALLER, "cancelled", "the answer was not wanted any more"), trace());
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
            throwIfLeft();
            int count = readOn(into, offset, length);
            throwIfLeft();
            if (count < 0) {
                settle(outcome());
                if (!answer.framed()) {
                    throwIfBroken();
                }
            }
            return count;
        }

        private int readOn(byte[] into, int offset, int length) throws IOException {
            try {
                return answer.read(into, offset, length);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                CommittedResponse.this.close();
                throw new InterruptedIOException("interrupted while waiting for the answer");
            }
        }

        @Override
        public int available() {
            return answer.available();
        }

        @Override
        public void close() {
            // the response is what is closed
        }
    }
}
