package dev.signalbox.core.engine;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Usage;
import dev.signalbox.core.dialect.ReplyReader;
import dev.signalbox.core.dialect.Retelling;
import dev.signalbox.core.dialect.Whole;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.io.IOException;
import java.util.Optional;

/** A reply that is one document: committed at its well-formed end, or when it is too long to be held. */
final class WholeAnswer implements Answering {

    private static final int MOST_HELD = 8 * 1024 * 1024;
    private static final int FIRST_READ = 2 * 1024; // most answers fit
    private static final int LATER_READ = 16 * 1024;

    private final Trial trial;
    private final Upstream upstream;
    private final boolean json;
    private final Outflow out = new Outflow();
    private int room = FIRST_READ; // bytes, for the next read
    private volatile boolean over;
    private volatile Optional<Usage> usage = Optional.empty();
    private volatile String text = "";
    private volatile Optional<BackendException> broken = Optional.empty();

    WholeAnswer(Trial trial, Upstream upstream) {
        this.trial = trial;
        this.upstream = upstream;
        this.json = saysJson(upstream)
                || Dialect.KNOWN.contains(trial.journey().request().dialect());
    }

    /** A dialect nobody knows may answer with sound or an image; all others answer with JSON, whatever a server says. */
    private static boolean saysJson(Upstream upstream) {
        String type = upstream.headers().first("Content-Type").orElse("");
        return type.isEmpty() || type.contains("json");
    }

    @Override
    public boolean framed() {
        return false;
    }

    @Override
    public void open() throws BackendException, InterruptedException {
        while (!over && out.size() <= MOST_HELD && (json || out.size() == 0)) {
            pull();
        }
        if (out.size() == 0) {
            throw new BackendException(FailureKind.BROKEN_REPLY, "the reply is empty");
        }
        if (over && json) {
            check(ReplyReader.of(trial.dialect()));
        }
        if (trial.retelling().isPresent()) {
            retell(trial.retelling().get());
        }
    }

    /** What is told in another dialect has to be there as a whole. */
    private void retell(Retelling retelling) throws BackendException {
        if (!over) {
            throw new BackendException(FailureKind.BROKEN_REPLY, "the reply is too long to be translated");
        }
        try {
            byte[] told = retelling.whole(out.copy(), usage);
            out.clear();
            out.append(told);
        } catch (IOException failed) {
            throw new BackendException(
                    Failure.of(FailureKind.BROKEN_REPLY, "the reply cannot be translated: " + failed.getMessage()),
                    failed);
        }
    }

    private void check(ReplyReader reader) throws BackendException {
        Whole whole = reader.whole(out.look());
        if (whole.error().isPresent()) {
            throw trial.failureIn(upstream.status(), whole.error().get());
        }
        if (!whole.wellFormed()) {
            throw new BackendException(FailureKind.BROKEN_REPLY, "the reply is not whole JSON");
        }
        if (whole.wrongShape().isPresent()) {
            throw new BackendException(
                    FailureKind.BROKEN_REPLY, whole.wrongShape().get());
        }
        usage = whole.usage();
        text = usage.isPresent() ? "" : reader.text(out.look());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws InterruptedException {
        try {
            while (out.size() == 0 && !over) {
                pull();
            }
        } catch (BackendException failed) {
            broken = Optional.of(failed);
            over = true;
        }
        return out.size() == 0 ? -1 : out.take(into, offset, length);
    }

    private void pull() throws BackendException, InterruptedException {
        int count = out.fill(room, (into, offset, length) -> trial.read(upstream.body(), into, offset, length));
        over = count < 0;
        room = out.isFull() ? LATER_READ : 1;
    }

    @Override
    public int available() {
        return out.size();
    }

    @Override
    public boolean complete() {
        return over && broken.isEmpty();
    }

    @Override
    public Optional<BackendException> broken() {
        return broken;
    }

    @Override
    public Optional<Usage> usage() {
        return usage;
    }

    @Override
    public long roughTokens() {
        return Whole.roughTokens(text);
    }
}
