package dev.signalbox.core.engine;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameParser;
import dev.signalbox.api.frame.FrameTooLarge;
import dev.signalbox.api.frame.Framing;
import dev.signalbox.core.dialect.DialectVoice;
import dev.signalbox.core.dialect.ReplyReader;
import dev.signalbox.core.dialect.Signal;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import java.util.Optional;

/**
 * A streamed reply. Only whole frames are given on, so that a frame that turns out to be an error, or to be cut off, is
 * not half told; within one read all whole frames go out together.
 */
final class FramedAnswer implements Answering {

    /** What is held back before the commit; at the bound it commits. */
    private static final int MOST_HELD = 64 * 1024;

    /** Small: thousands of slow streams each have one. */
    private static final int READ = 4 * 1024;

    private final Trial trial;
    private final BackendReply reply;
    private final FrameParser parser;
    private final ReplyReader reader;
    private final Outflow out = new Outflow();
    private final byte[] buffer = new byte[READ];
    private boolean committed;
    private boolean finished; // the model said that it had finished
    private boolean over; // nothing more comes
    private boolean said = true; // whether there is nothing (more) to be said of a break
    private boolean quiet; // breaks are thrown by whoever reads frames, not told in-band
    private Optional<BackendException> broken = Optional.empty();

    FramedAnswer(Trial trial, BackendReply reply, Framing framing) {
        this.trial = trial;
        this.reply = reply;
        this.parser = framing.parser();
        this.reader = ReplyReader.of(trial.journey().request().dialect());
    }

    @Override
    public boolean framed() {
        return true;
    }

    /** From now on a break is not told in-band. */
    void quiet() {
        quiet = true;
    }

    @Override
    public void open() throws BackendException, InterruptedException {
        while (!committed) {
            pump();
            if (broken.isPresent() && !committed) {
                throw broken.get();
            }
            committed |= out.size() + parser.pending() > MOST_HELD;
        }
        reader.committed();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws InterruptedException {
        while (out.size() == 0 && !over) {
            pump();
        }
        if (out.size() == 0 && !said) {
            broken.ifPresent(this::sayThatItBroke);
        }
        return out.size() == 0 ? -1 : out.take(into, offset, length);
    }

    @Override
    public boolean complete() {
        return finished && broken.isEmpty();
    }

    @Override
    public Optional<BackendException> broken() {
        return broken;
    }

    @Override
    public Optional<Usage> usage() {
        return reader.usage();
    }

    private void pump() throws InterruptedException {
        try {
            int count = trial.read(reply, buffer);
            if (count < 0) {
                parser.end(this::take);
                ended();
            } else {
                parser.feed(buffer, 0, count, this::take);
            }
        } catch (FrameTooLarge large) {
            breakOff(new BackendException(FailureKind.BROKEN_REPLY, "" + large.getMessage()));
        } catch (BackendException failed) {
            if (finished) {
                over = true; // the model had finished: what is lost is nothing
            } else {
                breakOff(failed);
            }
        }
    }

    private void take(Frame frame) {
        if (over) {
            return;
        }
        Signal signal = reader.read(frame);
        if (signal.error().isPresent()) {
            breakOff(new BackendException(readError(signal.error().get())));
        } else if (frame.kind() != Frame.Kind.DATA) {
            if (committed) {
                pass(frame);
            }
        } else if (signal.end() && !signal.finish() && !finished) {
            breakOff(new BackendException(FailureKind.BROKEN_REPLY, "the stream ended without a finish"));
        } else {
            finished |= signal.finish();
            committed |= signal.content() || signal.finish();
            if (!(signal.usageOnly() && trial.usageAdded())) {
                pass(frame);
            }
        }
    }

    private Failure readError(String error) {
        return trial.contender().member().backend().read(200, error);
    }

    private void pass(Frame frame) {
        out.append(frame.raw());
    }

    private void ended() {
        if (!over && !finished) {
            breakOff(new BackendException(FailureKind.BROKEN_REPLY, "the stream ended without a finish"));
        }
        over = true;
    }

    private void breakOff(BackendException failure) {
        if (over) {
            return;
        }
        over = true;
        broken = Optional.of(failure);
        said = false;
    }

    /** Tells the client in its own dialect that the answer broke off; once, and only if it reads bytes. */
    private void sayThatItBroke(BackendException failure) {
        said = true;
        if (!quiet && !trial.leftByClient()) {
            var voice = DialectVoice.of(trial.journey().request().dialect());
            Reason reason = Reason.of(trial.contender().target(), failure.failure());
            out.append(
                    voice.errorFrame(reason.problem(), trial.journey().trace().id()));
        }
    }
}
