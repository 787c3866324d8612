package dev.signalbox.core.room;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Target;
import dev.signalbox.core.room.RoomException.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The one queue where requests wait. Whoever enters holds nothing; a place of every gate, the word of every guard and the
 * host's slot are taken in one step or not at all. So nobody waits while holding anything, and there is no deadlock and
 * no order to get wrong.
 *
 * <p>Any thread may use it. It has no threads of its own: whoever gives something back asks those who wait, and those who
 * wait look after their own time. If somebody is asking already, work is only noted; whoever asks does it before it ends.
 */
public final class WaitingRoom implements AutoCloseable {

    /** Places that were held since some moment. */
    private record Return(List<Gate> gates, long since) {}

    /** How often a step goes on because doors call {@link #askAgain} while they are asked. */
    private static final int ROUNDS = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier nanoTime;
    private final long origin;
    private final Usher usher; // guarded by lock
    private final Queue<Return> returns = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean changed = new AtomicBoolean();
    private boolean changedInside; // guarded by lock
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicLong changes = new AtomicLong(); // counted before anybody is asked for their sake

    /**
     * An empty room.
     *
     * @param clock the time of day, for doors that say when to ask them again
     * @param nanoTime nanoseconds on a clock that never goes back, for everything else
     */
    public WaitingRoom(InstantSource clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
        this.usher = new Usher(clock, this::now, this::giveBack);
    }

    /**
     * Waits until the visitor may start through one of its doors.
     *
     * <p>A visitor who is cancelled or whose time is over at the moment it is let in gets in or not, never both. What its
     * own methods and doors throw is thrown here.
     *
     * @return what it holds; the caller closes it
     * @throws RoomException if it does not get in; then it holds nothing
     * @throws InterruptedException if the thread is interrupted while it waits; then it holds nothing
     */
    public Entry enter(Visitor visitor) throws InterruptedException, RoomException {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("nobody may enter the room from inside its step");
        }
        long before = changes.get();
        Optional<List<? extends Door>> foreseen = visitor.foreseen();
        Waiter waiter = new Waiter(visitor, foreseen, () -> changes.get() != before, arrivals.getAndIncrement(), now());
        underLock(() -> {
            step(); // what was given back goes to those who were here before
            usher.arrive(waiter);
        });
        Outcome outcome = waiter.outcome();
        return entryOf(waiter, outcome != null ? outcome : await(waiter));
    }

    /**
     * Waits until the host's preparation slot is free, for work without a request.
     *
     * @throws RoomException if it is not free by the deadline, or the room is closed
     */
    public Slot takeSlot(String host, Deadline until) throws InterruptedException, RoomException {
        return new Slot(enter(new SlotVisitor(host, until)));
    }

    /** Something changed: everybody who waits is asked again, by this thread or the one that is asking already. */
    public void askAgain() {
        changes.incrementAndGet();
        if (lock.isHeldByCurrentThread()) {
            changedInside = true;
        } else {
            changed.set(true);
            settle();
        }
    }

    /** Whether this thread asks those who wait, so that it must not wait for anybody. */
    public boolean stepsHere() {
        return lock.isHeldByCurrentThread();
    }

    /** How many wait that could go to that target. Never blocks; doors may ask. */
    public int waiting(Target target) {
        return usher.waiting(target);
    }

    /** Those who wait, in the order in which they are asked. */
    public List<Waiting> waiting() {
        lock.lock();
        try {
            long now = now();
            return usher.waiters().stream()
                    .map(waiter -> new Waiting(waiter.rank(), waiter.waited(now), waiter.reasons()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Sends everybody away who waits or comes; those who are in stay until they close their entries. */
    @Override
    public void close() {
        underLock(usher::close);
    }

    private long now() {
        return nanoTime.getAsLong() - origin;
    }

    private Outcome await(Waiter waiter) throws InterruptedException {
        boolean ended = false;
        try (Cancellation.Registration cancelling = waiter.cancellation().onCancel(waiter::wake)) {
            waiter.tellThatItWaits();
            Outcome outcome = sleep(waiter);
            ended = true;
            return outcome;
        } finally {
            if (!ended) {
                underLock(() -> abandon(waiter));
            }
        }
    }

    private Outcome sleep(Waiter waiter) throws InterruptedException {
        for (Outcome outcome = waiter.outcome(); ; outcome = waiter.outcome()) {
            if (outcome != null) {
                return outcome;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long nap = waiter.nap(now());
            if (waiter.cancellation().cancelled()) {
                underLock(() -> leave(waiter, Reason.CANCELLED));
            } else if (waiter.until().expired()) {
                underLock(() -> leave(waiter, Reason.OVERDUE));
            } else if (nap > 0) {
                LockSupport.parkNanos(this, nap);
            } else {
                underLock(() -> usher.ask(Occasion.TIME));
            }
        }
    }

    /** Ends a visit, unless it has just ended otherwise. */
    private void leave(Waiter waiter, Reason reason) {
        if (waiter.outcome() == null) {
            usher.leave(waiter, Outcome.out(reason));
        }
    }

    /** Ends a visit whose visitor will not hear how it ended. */
    private void abandon(Waiter waiter) {
        leave(waiter, Reason.CANCELLED);
        if (waiter.outcome() instanceof Outcome.In in) {
            try {
                in.entry().undo();
            } finally {
                usher.ask(Occasion.GIVEN_BACK);
            }
        }
    }

    private void underLock(Runnable work) {
        lock.lock();
        try {
            work.run();
            step();
        } finally {
            lock.unlock();
        }
        settle();
    }

    private void giveBack(List<Gate> gates, long since) {
        changes.incrementAndGet();
        returns.add(new Return(gates, since));
        settle();
    }

    /** Does what is noted, unless somebody is asking: then it does that when it is done, and nobody waits for it. */
    private void settle() {
        while (!lock.isHeldByCurrentThread() && somethingIsNoted() && lock.tryLock()) {
            try {
                step();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean somethingIsNoted() {
        return changed.get() || !returns.isEmpty();
    }

    /**
     * Takes back what was given back and asks those who wait, under the lock. What doors ask for while they are asked is
     * done at once but a few times: a guard that changes its mind whenever it is asked must not stop the rest.
     */
    private void step() {
        for (int round = 0; round < ROUNDS; round++) {
            boolean anything = changed.getAndSet(false) || changedInside;
            changedInside = false;
            List<Gate> free = new ArrayList<>();
            boolean returned = takeBack(free);
            if (anything) {
                usher.ask(Occasion.ANYTHING);
            } else if (returned) {
                usher.givenBack(free);
            } else {
                return;
            }
        }
    }

    private boolean takeBack(List<Gate> free) {
        boolean any = false;
        for (Return back = returns.poll(); back != null; back = returns.poll()) {
            long held = now() - back.since();
            back.gates().forEach(gate -> gate.giveBack(held));
            free.addAll(back.gates());
            any = true;
        }
        return any;
    }

    private static Entry entryOf(Waiter waiter, Outcome outcome) throws RoomException {
        return switch (outcome) {
            case Outcome.In in -> in.entry();
            case Outcome.Out out -> throw new RoomException(out.reason(), out.retryAfter(), waiter.reasons());
            case Outcome.Defect defect -> throw rethrown(defect.failure());
        };
    }

    private static RuntimeException rethrown(Throwable defect) {
        if (defect instanceof Error error) {
            throw error;
        }
        return (RuntimeException) defect;
    }
}
