package dev.signalbox.core.engine;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Usage;
import dev.signalbox.core.config.Limits;
import dev.signalbox.core.room.Entry;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.AttemptReport.Phase;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that was let in, until everything it was given is given back. The request's thread does the work; any
 * thread may stop it.
 */
final class Trial {

    /** How long plugin code may go on after its sockets were closed before its thread is interrupted. */
    static final Duration PATIENCE = Duration.ofMillis(20);

    /** Why somebody else ended it. */
    enum Stop {
        CLIENT,
        CLOSING,
        FIRST_CONTENT,
        IDLE,
        TOTAL
    }

    private final Engine engine;
    private final Journey journey;
    private final Contender contender;
    private final Entry entry;
    private final Grant grant;
    private final Limits limits;
    private final long firstContentLimit;
    private final long idleLimit;
    private final long letIn;
    private final Cancellation cancellation = Cancellation.create();
    private final Cancellation.Registration clientLeaves;
    private final Interruptible inside = new Interruptible();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stop stop; // guarded by lock
    private boolean ended; // guarded by lock
    private boolean sent; // guarded by lock
    private Optional<Upstream> upstream = Optional.empty(); // guarded by lock
    private Optional<AutoCloseable> answer = Optional.empty(); // guarded by lock
    private volatile boolean usageAdded;
    private volatile boolean committed; // written under lock
    private volatile boolean reading;
    private volatile long readSince;
    private volatile Optional<Duration> firstContent = Optional.empty();

    Trial(Journey journey, Contender contender, Entry entry) {
        this.engine = journey.engine();
        this.journey = journey;
        this.contender = contender;
        this.entry = entry;
        this.grant = contender.grant();
        this.limits = journey.profile().limits();
        this.firstContentLimit = nanos(limits.firstContent());
        this.idleLimit = nanos(limits.idle());
        this.letIn = engine.time().nanos();
        engine.watch().add(this);
        this.clientLeaves = journey.original().cancellation().onCancel(() -> stop(Stop.CLIENT));
    }

    /** As many as there are in 73 years at most, so that sums do not overflow. */
    private static long nanos(Duration time) {
        Duration most = Duration.ofNanos(Long.MAX_VALUE / 4);
        return time.compareTo(most) < 0 ? time.toNanos() : most.toNanos();
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
        Backend backend = contender.member().backend();
        Outgoing outgoing = Outgoing.of(
                contender,
                plugin(
                        who(),
                        () -> backend.edits(journey.request(), contender.model().name())),
                cancellation);
        usageAdded = outgoing.usageAdded();
        locked(() -> sent = true);
        Upstream answered = plugin(who(), () -> Upstream.of(backend.exchange(outgoing.call())));
        locked(() -> upstream = Optional.of(answered));
        return answered;
    }

    private void prepare() throws BackendException, InterruptedException {
        for (Grant.Work work : grant.preparations()) {
            plugin(work.by().toString(), () -> {
                Hosts.preparing(() -> work.preparation().run(journey.deadline()));
                return true;
            });
        }
        if (!grant.preparations().isEmpty()) {
            entry.slotFree();
        }
    }

    /** Reads what is there; -1 at the end. */
    int read(InputStream body, byte[] into) throws BackendException, InterruptedException {
        readSince = engine.time().nanos();
        reading = true;
        try {
            return plugin(who(), () -> readFrom(body, into));
        } finally {
            reading = false;
        }
    }

    private static int readFrom(InputStream body, byte[] into) throws BackendException {
        try {
            return body.read(into);
        } catch (BackendReply.BackendFailure failed) {
            throw failed.failure();
        } catch (IOException failed) {
            throw new BackendException(Failure.of(FailureKind.BROKEN_REPLY, "the reply broke off: " + failed), failed);
        }
    }

    /** What the backend makes of an error inside a reply. */
    BackendException failureIn(int status, String error) {
        try {
            return new BackendException(contender.member().backend().read(status, error));
        } catch (RuntimeException | LinkageError bug) {
            return defect(who(), bug);
        }
    }

    /**
     * The first content is here.
     *
     * @throws BackendException if it was stopped before that
     */
    void commit() throws BackendException {
        lock.lock();
        try {
            throwIfStopped();
            committed = true;
            firstContent = Optional.of(Duration.ofNanos(engine.time().nanos() - letIn));
        } finally {
            lock.unlock();
        }
        report(Phase.COMMITTED, new Outcome.Answered(), Optional.empty());
    }

    /** From the commit on there is an answer, which ends with the router. */
    void answers(AutoCloseable committedAnswer) {
        locked(() -> answer = Optional.of(committedAnswer));
        if (stopped(Stop.CLOSING)) {
            Quietly.close("an answer of " + contender.target(), committedAnswer);
        }
    }

    Optional<Duration> firstContent() {
        return firstContent;
    }

    /** Ends it from any thread: the socket is closed at once; code that still blocks then is interrupted. */
    void stop(Stop why) {
        lock.lock();
        try {
            if (stop != null || ended) {
                return;
            }
            stop = why;
        } finally {
            lock.unlock();
        }
        cancellation.cancel();
        closeUpstream();
        engine.time().after(PATIENCE, inside::interrupt);
    }

    /** Ends it because the router is closed: an answer that has begun too. */
    void shut() {
        stop(Stop.CLOSING);
        Optional<AutoCloseable> begun;
        lock.lock();
        try {
            begun = answer;
        } finally {
            lock.unlock();
        }
        begun.ifPresent(each -> Quietly.close("an answer of " + contender.target(), each));
    }

    /** The limit that has passed, if one has; asked again and again by the watch. */
    Optional<Stop> overdue(long now) {
        boolean streamed = journey.request().streamed();
        if (journey.deadline().expired()) {
            return Optional.of(Stop.TOTAL);
        }
        if (streamed && !committed && now - letIn > firstContentLimit) {
            return Optional.of(Stop.FIRST_CONTENT);
        }
        // Only while somebody waits for a byte: a client that takes its time is not the server's silence.
        boolean silent = streamed && committed && reading && now - readSince > idleLimit;
        return silent ? Optional.of(Stop.IDLE) : Optional.empty();
    }

    /** Gives everything back. Does nothing the second time. */
    void end(Outcome outcome, Optional<Usage> usage) {
        boolean lingers;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            boolean cutShort = stop != null || upstream.isPresent();
            lingers = sent && cutShort && !(outcome instanceof Outcome.Answered);
        } finally {
            lock.unlock();
        }
        engine.watch().remove(this);
        clientLeaves.close();
        closeUpstream();
        engine.traffic().leave(contender.target());
        report(Phase.ENDED, outcome, usage);
        grant.end(by -> reportFor(by, Phase.ENDED, outcome, usage));
        if (lingers && runsOn()) {
            engine.linger(contender.member(), entry);
        } else {
            entry.close();
        }
    }

    /** Whether a generation that nobody reads any more may still keep the server busy. */
    private boolean runsOn() {
        try {
            return !contender.member().backend().stopsOnClose();
        } catch (RuntimeException | LinkageError bug) {
            defect(who(), bug);
            return false;
        }
    }

    private void report(Phase phase, Outcome outcome, Optional<Usage> usage) {
        for (ActiveGuard active : journey.plan().guards()) {
            Quietly.run(
                    active.toString(),
                    "observe",
                    () -> active.guard().observe(reportFor(active, phase, outcome, usage)));
        }
    }

    private AttemptReport reportFor(ActiveGuard active, Phase phase, Outcome outcome, Optional<Usage> usage) {
        return new AttemptReport(
                contender.target(),
                journey.profile().name(),
                active.settingsIn(journey.profile()),
                phase,
                outcome,
                journey.request().streamed() ? firstContent : Optional.empty(),
                usage,
                journey.request());
    }

    private void closeUpstream() {
        Optional<Upstream> open;
        lock.lock();
        try {
            open = upstream;
        } finally {
            lock.unlock();
        }
        open.ifPresent(each -> Quietly.close("a reply of " + contender.target(), each));
    }

    /** Runs code of a plugin, which may block and throw anything. */
    private <T> T plugin(String who, Callable<T> code) throws BackendException, InterruptedException {
        throwIfStopped();
        try {
            return inside.run(code);
        } catch (InterruptedException others) {
            throw others;
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable thrown) {
            throwIfStopped();
            throw thrown instanceof BackendException failed ? failed : defect(who, thrown);
        }
    }

    private String who() {
        return "the backend type " + contender.member().settings().type();
    }

    private BackendException defect(String who, Throwable bug) {
        engine.log().error("{} failed: its own bug, reported as such.", who, bug);
        return new BackendException(Failure.of(FailureKind.DEFECT, "%s failed: %s".formatted(who, bug)), bug);
    }

    private void throwIfStopped() throws BackendException {
        lock.lock();
        try {
            if (stop != null) {
                throw failureOf(stop);
            }
        } finally {
            lock.unlock();
        }
    }

    private BackendException failureOf(Stop why) {
        return switch (why) {
            case CLIENT -> new BackendException(FailureKind.TIMED_OUT, "the client left");
            case CLOSING -> new BackendException(FailureKind.UNREACHABLE, "the router is closing");
            case FIRST_CONTENT -> late("no content within the limit first-content of ", limits.firstContent());
            case IDLE -> late("no byte within the limit idle of ", limits.idle());
            case TOTAL -> late("no end within the limit total of ", limits.total());
        };
    }

    private static BackendException late(String what, Duration limit) {
        return new BackendException(FailureKind.TIMED_OUT, what + limit);
    }

    /** Whether nobody is to blame for its end: the client left, or the router is closing. */
    boolean abandoned() {
        return stopped(Stop.CLIENT) || stopped(Stop.CLOSING);
    }

    /** Whether that ended it. */
    boolean stopped(Stop why) {
        lock.lock();
        try {
            return stop == why;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
