package dev.signalbox.core.engine;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.Usage;
import dev.signalbox.core.dialect.BadRequest;
import dev.signalbox.core.dialect.DialectVoice;
import dev.signalbox.core.dialect.Retelling;
import dev.signalbox.core.room.Entry;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.AttemptReport.Phase;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One attempt that was let in, until everything it was given is given back. The request's thread does the work; any
 * thread may stop it.
 */
final class Trial {

    private final Engine engine;
    private final Journey journey;
    private final Contender contender;
    private final Entry entry;
    private final Grant grant;
    private final Pace pace;
    private final Stoppable plugin;
    private final Cancellation.Registration clientLeaves;
    private volatile boolean sent;
    private volatile boolean usageAdded;
    private volatile Dialect dialect; // that is spoken to the backend
    private volatile Optional<Retelling> retelling = Optional.empty();
    private volatile Optional<Upstream> upstream = Optional.empty();
    private volatile Optional<AutoCloseable> answer = Optional.empty();

    Trial(Journey journey, Contender contender, Entry entry) {
        this.engine = journey.engine();
        this.journey = journey;
        this.contender = contender;
        this.entry = entry;
        this.grant = contender.grant();
        this.dialect = journey.request().dialect();
        this.pace = new Pace(
                engine.time(),
                journey.profile().limits(),
                journey.deadline(),
                journey.request().streamed());
        this.plugin = new Stoppable(engine.time(), journey.profile().limits(), engine.log());
        engine.watch().add(this);
        this.clientLeaves = journey.original().cancellation().onCancel(() -> stop(Stop.CLIENT));
    }

    Journey journey() {
        return journey;
    }

    Contender contender() {
        return contender;
    }

    /** Whether the tokens are asked for on our own behalf, so that the frame that tells them is not for the client. */
    boolean usageAdded() {
        return usageAdded;
    }

    /** Prepares, sends, and returns the reply at its head. */
    Upstream exchange() throws BackendException, InterruptedException {
        prepare();
        return heard();
    }

    /** Lets go of the reply, if there is one, sends once more, and returns the reply to that at its head. */
    Upstream exchangeAgain() throws BackendException, InterruptedException {
        closeUpstream();
        upstream = Optional.empty(); // from now on nothing runs for it, unless the server answers again
        return heard();
    }

    private Upstream heard() throws BackendException, InterruptedException {
        try {
            return asked();
        } catch (BackendException failed) {
            throw discreet(failed);
        }
    }

    private Upstream asked() throws BackendException, InterruptedException {
        Backend backend = contender.member().backend();
        try (Spoken said = spoken()) {
            Outgoing outgoing = Outgoing.of(
                    contender,
                    said,
                    plugin.run(who(), () -> Outgoing.ofBackend(contender, said.request())),
                    plugin.cancellation());
            usageAdded = outgoing.usageAdded();
            sent = true;
            Upstream answered = plugin.run(who(), () -> Upstream.of(backend.exchange(outgoing.call())));
            upstream = Optional.of(answered);
            return answered;
        }
    }

    private Spoken spoken() throws BackendException {
        try {
            Spoken said = Outgoing.spoken(contender);
            dialect = said.dialect();
            retelling = said.retelling();
            return said;
        } catch (BadRequest bad) {
            throw new BackendException(
                    new Failure(FailureKind.REJECTED, 0, bad.code(), bad.message(), Optional.empty(), bad.place()));
        } catch (UncheckedIOException failed) {
            throw Outgoing.unreadable(failed);
        }
    }

    /** The dialect that is spoken to the backend. */
    Dialect dialect() {
        return dialect;
    }

    /** How the answer is told in the client's dialect; empty if it passes as it is. */
    Optional<Retelling> retelling() {
        return retelling;
    }

    /** The headers of an answer, given those that the backend's has. */
    Headers headers(Headers upstreams, boolean framed) {
        return retelling.isEmpty()
                ? upstreams
                : upstreams
                        .without("Content-Length")
                        .with(
                                "Content-Type",
                                DialectVoice.of(journey.request().dialect()).contentType(framed));
    }

    private void prepare() throws BackendException, InterruptedException {
        for (Grant.Work work : grant.preparations()) {
            plugin.run(work.by().toString(), () -> {
                Hosts.preparing(() -> work.preparation().run(journey.deadline()));
                return true;
            });
        }
        if (!grant.preparations().isEmpty()) {
            entry.slotFree();
        }
        pace.isPrepared();
    }

    /** The reply has said that it ends: from now on it has little time to do so. */
    void isToEnd() {
        pace.isToEnd();
    }

    /** Whether it has had that time. */
    boolean leaveIsOver() {
        return pace.leaveIsOver(engine.time().nanos());
    }

    /** Reads what is there; -1 at the end. */
    int read(InputStream body, byte[] into, int offset, int length) throws BackendException, InterruptedException {
        pace.reads();
        try {
            return plugin.run(who(), () -> readFrom(body, into, offset, length));
        } catch (BackendException failed) {
            throw discreet(failed);
        } finally {
            pace.rests();
        }
    }

    private static int readFrom(InputStream body, byte[] into, int offset, int length) throws BackendException {
        try {
            return body.read(into, offset, length);
        } catch (BackendReply.BackendFailure failed) {
            throw failed.failure();
        } catch (IOException failed) {
            throw new BackendException(Failure.of(FailureKind.BROKEN_REPLY, "the reply broke off: " + failed), failed);
        }
    }

    /** What the backend makes of an error inside a reply. */
    BackendException failureIn(int status, String error) {
        try {
            return discreet(new BackendException(contender.member().backend().read(status, error)));
        } catch (RuntimeException | LinkageError | StackOverflowError bug) {
            return plugin.defect(who(), bug);
        }
    }

    /** The same without the client's keys, which a server that was sent them may repeat. */
    private BackendException discreet(BackendException failed) {
        Failure shown = failed.failure().hiding(ClientKeys.in(journey.original().headers()));
        return shown.equals(failed.failure()) ? failed : new BackendException(shown);
    }

    /**
     * The first content is here.
     *
     * @throws BackendException if it was stopped before that
     */
    void commit() throws BackendException {
        plugin.throwIfStopped();
        pace.commits();
        Account account = account(Phase.COMMITTED, new Outcome.Answered(), Optional.empty());
        account.tell();
        grant.committed(account::to);
    }

    /** From the commit on there is an answer, which ends with the router. */
    void answers(AutoCloseable committedAnswer) {
        answer = Optional.of(committedAnswer);
        if (stopped(Stop.CLOSING)) {
            Quietly.close("an answer of " + contender.target(), committedAnswer);
        }
    }

    Optional<Duration> firstContent() {
        return pace.firstContent();
    }

    /** The limit that has passed, if one has; asked again and again by the watch. */
    Optional<Stop> overdue(long now) {
        return pace.overdue(now);
    }

    /** Ends it from any thread: the socket is closed at once; code that still blocks then is interrupted. */
    void stop(Stop why) {
        plugin.stop(why, this::closeUpstream);
    }

    /** Ends it because a limit has passed. An answer that was ended before, and that nobody reads, was left lying. */
    void late(Stop limit) {
        boolean leftLying = plugin.stopped().isPresent() && !pace.awaitsByte();
        stop(limit);
        if (leftLying) {
            closeAnswer();
        }
    }

    /** Ends it because the router is closed: an answer that has begun too. */
    void shut() {
        stop(Stop.CLOSING);
        closeAnswer();
    }

    private void closeAnswer() {
        answer.ifPresent(each -> Quietly.close("an answer of " + contender.target(), each));
    }

    /** Whether that ended it. */
    boolean stopped(Stop why) {
        return plugin.stopped().filter(why::equals).isPresent();
    }

    /** Whether nobody is to blame for its end: the client left, or the router is closing. */
    boolean abandoned() {
        return plugin.stopped().filter(Stop::abandons).isPresent();
    }

    /** Gives everything back. Does nothing the second time. */
    void end(Outcome outcome, Optional<Usage> usage) {
        if (!plugin.end()) {
            return;
        }
        boolean cutShort = plugin.stopped().isPresent() || upstream.isPresent();
        boolean lingers = sent && cutShort && !(outcome instanceof Outcome.Answered);
        engine.watch().remove(this);
        clientLeaves.close();
        closeUpstream();
        engine.traffic().leave(contender.target());
        usage.ifPresent(each -> engine.tokenScales().learn(contender.target(), journey.request(), each));
        Account account = account(Phase.ENDED, outcome, usage);
        account.tell();
        grant.end(account::to);
        if (lingers && runsOn()) {
            engine.lingering().keep(contender.member(), entry);
            engine.room().askAgain(); // no place is free for that, but what guards had granted is
        } else {
            entry.close();
        }
    }

    /** Whether a generation that nobody reads any more may still keep the server busy. */
    private boolean runsOn() {
        try {
            return !contender.member().backend().stopsOnClose();
        } catch (RuntimeException | LinkageError | StackOverflowError bug) {
            plugin.defect(who(), bug);
            return false;
        }
    }

    private Account account(Phase phase, Outcome outcome, Optional<Usage> usage) {
        boolean streamed = journey.request().streamed();
        return new Account(
                journey, contender.target(), phase, outcome, streamed ? pace.firstContent() : Optional.empty(), usage);
    }

    private void closeUpstream() {
        upstream.ifPresent(each -> Quietly.close("a reply of " + contender.target(), each));
    }

    private String who() {
        return contender.member().words();
    }
}
