package dev.signalbox.core.engine;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.api.Usage;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.room.Entry;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.AttemptReport.Phase;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Preparation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that was let in, until everything it was given is given back. The request's thread does the work; any
 * thread may stop it.
 */
final class Trial {

    /** How long plugin code may go on after its sockets were closed before its thread is interrupted. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    /** Why somebody else ended it. */
    enum Stop {
        CLIENT,
        FIRST_CONTENT,
        IDLE,
        TOTAL
    }

    private final Engine engine;
    private final Journey journey;
    private final Contender contender;
    private final Entry entry;
    private final Grant grant;
    private final long letIn;
    private final Cancellation cancellation = Cancellation.create();
    private final Cancellation.Registration clientLeaves;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stop stop; // guarded by lock
    private @Nullable Thread inPlugin; // the thread that is in plugin code now; guarded by lock
    private boolean interrupted; // whether we interrupted it; guarded by lock
    private boolean ended; // guarded by lock
    private Optional<BackendReply> reply = Optional.empty(); // guarded by lock
    private boolean usageAdded; // the request's thread
    private volatile long lastByte;
    private volatile boolean committed;
    private volatile Optional<Duration> firstContent = Optional.empty();

    Trial(Journey journey, Contender contender, Entry entry) {
        this.engine = journey.engine();
        this.journey = journey;
        this.contender = contender;
        this.entry = entry;
        this.grant = contender.grant();
        this.letIn = engine.time().nanos();
        this.lastByte = letIn;
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
    BackendReply exchange() throws BackendException, InterruptedException {
        prepare();
        BackendCall call = call();
        BackendReply answered = plugin(() -> contender.member().backend().exchange(call));
        lock.lock();
        try {
            reply = Optional.of(answered);
        } finally {
            lock.unlock();
        }
        touch();
        return answered;
    }

    /** Reads what is there, counting every byte as a sign of life; -1 at the end. */
    int read(BackendReply answered, byte[] into) throws BackendException, InterruptedException {
        try {
            int count = plugin(() -> answered.body().read(into));
            touch();
            return count;
        } catch (BackendReply.BackendFailure failed) {
            throw failed.failure();
        } catch (IOException failed) {
            throw new BackendException(Failure.of(FailureKind.BROKEN_REPLY, "the reply broke off: " + failed), failed);
        }
    }

    /** The first content is here. */
    void commit() {
        committed = true;
        firstContent = Optional.of(Duration.ofNanos(engine.time().nanos() - letIn));
        report(Phase.COMMITTED, new Outcome.Answered(), Optional.empty());
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
        closeReply();
        engine.time().after(PATIENCE, this::interruptIfStill);
    }

    /** Whether a limit has passed; asked again and again by the watch. */
    void check(long now) {
        var limits = journey.profile().limits();
        if (journey.deadline().expired()) {
            stop(Stop.TOTAL);
        } else if (journey.request().streamed()
                && !committed
                && now - letIn > limits.firstContent().toNanos()) {
            stop(Stop.FIRST_CONTENT);
        } else if (journey.request().streamed()
                && committed
                && now - lastByte > limits.idle().toNanos()) {
            stop(Stop.IDLE);
        }
    }

    /** Gives everything back. Does nothing the second time. */
    void end(Outcome outcome, Optional<Usage> usage) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
        } finally {
            lock.unlock();
        }
        engine.watch().remove(this);
        clientLeaves.close();
        closeReply();
        engine.traffic().leave(contender.target());
        report(Phase.ENDED, outcome, usage);
        grant.end(by -> reportFor(by, Phase.ENDED, outcome, usage));
        boolean runsOn = !(outcome instanceof Outcome.Answered)
                && !contender.member().backend().stopsOnClose();
        if (runsOn && reply.isPresent()) {
            engine.linger(contender.member(), entry);
        } else {
            entry.close();
        }
    }

    private void prepare() throws BackendException, InterruptedException {
        for (Preparation preparation : grant.preparations()) {
            plugin(() -> {
                Hosts.preparing(() -> preparation.run(journey.deadline()));
                return true;
            });
        }
        if (!grant.preparations().isEmpty()) {
            entry.slotFree();
        }
    }

    private BackendCall call() throws BackendException, InterruptedException {
        ParsedRequest request = journey.request();
        ModelInfo model = contender.model();
        List<Edit> edits = new ArrayList<>(request.ownFieldEdits());
        edits.addAll(request.modelEdit(model.name()));
        for (var capability : journey.profile().mayDrop()) {
            if (model.support(capability) == Support.NO) {
                edits.addAll(request.drop(capability));
            }
        }
        edits.addAll(journey.screened());
        edits.addAll(contender.edits());
        edits.addAll(plugin(() -> contender.member().backend().edits(request, model.name())));
        if (journey.plan().usageWanted() && request.streamed() && !request.asksUsage()) {
            List<Edit> asking = request.usageEdits();
            usageAdded = !asking.isEmpty();
            edits.addAll(asking);
        }
        journey.trace().edited(edits);
        return new BackendCall(
                request,
                request.dialect(),
                model.name(),
                request.streamed(),
                request.edited(edits),
                journey.original().headers(),
                Loops.via(journey.original().headers(), engine.instanceId()),
                journey.deadline(),
                cancellation);
    }

    private void report(Phase phase, Outcome outcome, Optional<Usage> usage) {
        for (ActiveGuard active : journey.plan().guards()) {
            try {
                active.guard().observe(reportFor(active, phase, outcome, usage));
            } catch (RuntimeException bug) {
                engine.log().error("The guard {} failed to observe.", active.type(), bug);
            }
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

    private void touch() {
        lastByte = engine.time().nanos();
    }

    private void closeReply() {
        Optional<BackendReply> open;
        lock.lock();
        try {
            open = reply;
        } finally {
            lock.unlock();
        }
        open.ifPresent(each -> Quietly.close("a reply of " + contender.target(), each));
    }

    /** Code of a plugin that may block. */
    @FunctionalInterface
    private interface PluginCode<T, X extends Exception> {
        T run() throws X, BackendException, InterruptedException;
    }

    private <T, X extends Exception> T plugin(PluginCode<T, X> code) throws X, BackendException, InterruptedException {
        enterPlugin();
        boolean thrown = false;
        try {
            return code.run();
        } catch (RuntimeException bug) {
            throw stopped().orElseGet(() -> defect(bug));
        } catch (InterruptedException interrupt) {
            thrown = true; // which has cleared the thread's own mark
            Optional<BackendException> ours = stopped();
            if (ours.isPresent()) {
                throw ours.get();
            }
            throw interrupt;
        } catch (BackendException failed) {
            throw stopped().orElse(failed);
        } finally {
            leavePlugin(thrown);
        }
    }

    private void enterPlugin() throws BackendException {
        lock.lock();
        try {
            if (stop != null) {
                throw stopped().orElseThrow();
            }
            inPlugin = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Clears the interrupt that we caused, so that nobody outside ever sees it. */
    private void leavePlugin(boolean thrown) {
        lock.lock();
        try {
            inPlugin = null;
            if (interrupted && !thrown) {
                Thread.interrupted();
            }
            interrupted = false;
        } finally {
            lock.unlock();
        }
    }

    private void interruptIfStill() {
        lock.lock();
        try {
            if (inPlugin != null && !ended) {
                interrupted = true;
                inPlugin.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private BackendException defect(RuntimeException bug) {
        String who = "the backend type " + contender.member().settings().type();
        engine.log().error("{} failed: its own bug, reported as such.", who, bug);
        return new BackendException(Failure.of(FailureKind.DEFECT, "%s failed: %s".formatted(who, bug)), bug);
    }

    private Optional<BackendException> stopped() {
        lock.lock();
        try {
            return Optional.ofNullable(stop).map(this::failureOf);
        } finally {
            lock.unlock();
        }
    }

    private BackendException failureOf(Stop why) {
        var limits = journey.profile().limits();
        return new BackendException(
                FailureKind.TIMED_OUT,
                switch (why) {
                    case CLIENT -> "the client left";
                    case FIRST_CONTENT -> "no content within the limit first-content of " + limits.firstContent();
                    case IDLE -> "no byte within the limit idle of " + limits.idle();
                    case TOTAL -> "no end within the limit total of " + limits.total();
                });
    }

    /** Whether the client, or nobody, ended it. */
    boolean leftByClient() {
        lock.lock();
        try {
            return stop == Stop.CLIENT;
        } finally {
            lock.unlock();
        }
    }
}
