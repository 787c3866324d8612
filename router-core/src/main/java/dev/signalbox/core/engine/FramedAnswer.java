package dev.signalbox.core.engine;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameParser;
import dev.signalbox.api.frame.FrameTooLarge;
import dev.signalbox.api.frame.Framing;
import dev.signalbox.core.dialect.DialectVoice;
import dev.signalbox.core.dialect.ReplyReader;
import dev.signalbox.core.dialect.Retelling;
import dev.signalbox.core.dialect.Signal;
import dev.signalbox.core.json.Skim;
import dev.signalbox.spi.BackendException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * A streamed reply. Only whole frames are given on, so that a frame that turns out to be an error, or to be cut off, is
 * not half told; within one read all whole frames go out together.
 */
final class FramedAnswer implements Answering {

    /** What is held back before the commit; at the bound it commits. */
    private static final int MOST_HELD = 64 * 1024;

    /** What is still read once the reply has said that it ends. */
    private static final int MOST_OF_LEAVE = 64 * 1024;

    private static final int READ = 4 * 1024;

    /** For thousands of slow streams that bring a frame at a time, and each have one. */
    private static final int SMALL_READ = 512;

    private static final Skim SYNTAX = new Skim(Set.of());

    private final Trial trial;
    private final Upstream upstream;
    private final Framing framing;
    private final FrameParser parser;
    private final ReplyReader reader;
    private final Optional<Retelling> retelling;
    private final Outflow out = new Outflow();
    private final boolean counts; // the client's dialect counts its events
    private byte[] last = new byte[0]; // what the client was told last, where events are counted
    private byte[] buffer = new byte[READ];
    private long frames; // with data; only the reading thread writes it, whoever closes may see a few less
    private boolean committed;
    private boolean leaving; // it has said that it ends
    private long saidSince; // bytes read after that
    private boolean over; // nothing more comes
    private boolean told; // the break was told, or is not to be
    private boolean ended; // the end was told in the client's dialect
    private volatile boolean finished; // the model said that it had finished, and nothing new came since
    private boolean oneFinished; // one of several choices did, or the only one
    private volatile Optional<BackendException> broken = Optional.empty();

    FramedAnswer(Trial trial, Upstream upstream, Framing framing) {
        this.trial = trial;
        this.upstream = upstream;
        this.framing = framing;
        this.parser = framing.parser();
        this.reader = ReplyReader.of(trial.dialect());
        this.retelling = trial.retelling();
        this.counts = trial.journey().request().dialect().equals(Dialect.OPENAI_RESPONSES);
    }

    @Override
    public boolean framed() {
        return true;
    }

    /** How it is cut into frames for the client. */
    Framing framing() {
        return retelling.isPresent() ? trial.journey().request().dialect().framing() : framing;
    }

    /** Breaks are thrown by whoever reads frames, and not told as one. */
    void quiet() {
        told = true;
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
        if (out.size() == 0) {
            tellEnd();
        }
        return out.size() == 0 ? -1 : out.take(into, offset, length);
    }

    @Override
    public int available() {
        return out.size();
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

    /** Most servers send a frame for each token. */
    @Override
    public long roughTokens() {
        return frames;
    }

    private void pump() throws InterruptedException {
        try {
            int count = trial.read(upstream.body(), buffer, 0, buffer.length);
            if (count < 0) {
                parser.end(this::takeLast);
                ended();
            } else {
                saidSince += leaving ? count : 0;
                parser.feed(buffer, 0, count, this::take);
                fit(count);
                over |= leaving && (saidSince > MOST_OF_LEAVE || trial.leaveIsOver());
            }
        } catch (FrameTooLarge large) {
            breakOff(broken("" + large.getMessage()));
        } catch (BackendException failed) {
            if (finished) {
                over = true; // the model had finished: what is lost is nothing
            } else {
                breakOff(failed);
            }
        }
    }

    /** The next read brings about as much as the last one did. */
    private void fit(int count) {
        int fitting = count < SMALL_READ ? SMALL_READ : READ;
        if (buffer.length != fitting) {
            buffer = new byte[fitting];
        }
    }

    private void take(Frame frame) {
        if (over || ended) {
            return;
        }
        if (frame.kind() == Frame.Kind.DATA) {
            frames++;
        }
        Signal signal = reader.read(frame);
        if (signal.error().isPresent()) {
            breakOff(failureIn(signal.error().get(), signal.garbled()));
        } else if (signal.end() && !signal.finish() && !oneFinished) {
            breakOff(unfinished());
        } else {
            follow(signal);
            committed |= signal.content() || signal.finish();
            if (frame.kind() == Frame.Kind.DATA || committed) {
                pass(frame, signal);
            }
            if (signal.end() && !over) {
                atEndMark();
            }
        }
    }

    /** The client need not wait for what a server does with its connection. */
    private void atEndMark() {
        trial.isToEnd();
        leaving = true;
        retelling.ifPresent(this::tellEndIn);
    }

    /** What the backend makes of it; text that it knows nothing of is no error of the server's, but no answer either. */
    private BackendException failureIn(String said, boolean garbled) {
        BackendException read = trial.failureIn(upstream.status(), said);
        boolean unknown = garbled && read.failure().kind() == FailureKind.SERVER_ERROR;
        return unknown ? new BackendException(read.failure().as(FailureKind.BROKEN_REPLY)) : read;
    }

    /**
     * Of several choices each finishes by itself: content after a finish is another one's, whose finish is still to come.
     * Content behind the end mark is nobody's.
     */
    private void follow(Signal signal) {
        oneFinished |= signal.finish();
        finished = signal.finish() || (oneFinished && signal.end()) || (finished && (leaving || !signal.content()));
    }

    private void pass(Frame frame, Signal signal) {
        if (retelling.isPresent()) {
            tell(retelling.get().frame(frame));
            retelling.get().failure().ifPresent(why -> breakOff(broken("the reply cannot be translated: " + why)));
        } else if (!(signal.usageOnly() && trial.usageAdded())) {
            tell(frame.raw());
        }
    }

    private void tell(byte[] told) {
        out.append(told);
        if (counts && told.length > 0 && told[0] != ':') { // comments are not counted
            last = told;
        }
    }

    /** What stands at the end without an end of its own: a frame, or a part of one, which is no error of the server's. */
    private void takeLast(Frame frame) {
        boolean cutOff = Dialect.KNOWN.contains(trial.journey().request().dialect())
                && frame.kind() == Frame.Kind.DATA
                && frame.event().isEmpty()
                && !isJson(frame);
        if (!cutOff) {
            take(frame);
        }
    }

    private static boolean isJson(Frame frame) {
        try {
            return frame.text().startsWith("[DONE]")
                    || !SYNTAX.read(frame.data()).isMissingNode();
        } catch (IOException cutOff) {
            return false;
        }
    }

    private void ended() {
        if (!finished) {
            breakOff(unfinished());
        }
        over = true;
    }

    private void breakOff(BackendException failure) {
        if (!over) {
            over = true;
            broken = ended ? Optional.empty() : Optional.of(failure);
        }
    }

    /** What the router itself says last, once all before it was given on; nothing where the backend has said it. */
    private void tellEnd() {
        if (complete()) {
            retelling.filter(each -> !ended).ifPresent(this::tellEndIn);
        } else if (!told && broken.isPresent()) {
            told = true;
            tellBreak(broken.get());
        }
    }

    private void tellEndIn(Retelling clients) {
        ended = true;
        out.append(clients.end(usage()));
    }

    private void tellBreak(BackendException failed) {
        Journey journey = trial.journey();
        Reason reason = Reason.of(trial.contender().target(), failed.failure());
        out.append(DialectVoice.of(journey.request().dialect())
                .errorFrame(reason.problem(), journey.trace().id(), last));
    }

    private static BackendException unfinished() {
        return broken("the stream ended without a finish");
    }

    private static BackendException broken(String message) {
        return new BackendException(FailureKind.BROKEN_REPLY, message);
    }
}
