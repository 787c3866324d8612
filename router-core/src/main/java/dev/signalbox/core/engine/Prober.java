package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginContext.Task;
import dev.signalbox.spi.ProbeReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/** Looks how backends are: never twice at once, each look bounded. Loads nothing. */
final class Prober {

    /** How often a server is asked that says it is loading, and for how long. */
    private static final Duration WHILE_LOADING = Duration.ofSeconds(1);

    private final Time time;
    private final BiConsumer<Member, ProbeReport> seen;
    private final ConcurrentHashMap<Member, CountDownLatch> running = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Member, Schedule> schedules = new ConcurrentHashMap<>();

    Prober(Time time, BiConsumer<Member, ProbeReport> seen) {
        this.time = time;
        this.seen = seen;
    }

    /** Looks now, and then again and again until {@link #forget}. */
    void watch(Member member, Duration every, Duration limit) {
        Schedule schedule = new Schedule(member, every, limit);
        schedules.put(member, schedule);
        schedule.lookAfter(Duration.ZERO);
    }

    void forget(Member member) {
        Schedule schedule = schedules.remove(member);
        if (schedule != null) {
            schedule.end();
        }
    }

    /** Looks as soon as it can, without waiting for it. */
    void lookSoon(Member member) {
        Schedule schedule = schedules.get(member);
        if (schedule != null) {
            schedule.lookAfter(Duration.ZERO);
        }
    }

    /** Looks now, or waits for the look that is going on; returns when it has ended or the deadline has come. */
    void look(Member member, Duration limit, Deadline deadline) throws InterruptedException {
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch others = running.putIfAbsent(member, mine);
        if (others != null) {
            others.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        try {
            probe(member, deadline.within(limit));
        } finally {
            running.remove(member, mine);
            mine.countDown();
        }
    }

    private void probe(Member member, Deadline deadline) throws InterruptedException {
        long start = time.nanos();
        Optional<Failure> failure = Optional.empty();
        BackendStatus status;
        try {
            status = member.backend().probe(deadline);
        } catch (BackendException failed) {
            failure = Optional.of(failed.failure());
            status = BackendStatus.of(stateOf(failed.kind()))
                    .withDetail(failed.failure().message());
        } catch (RuntimeException defect) {
            failure = Optional.of(Failure.of(FailureKind.DEFECT, defect.toString()));
            status = BackendStatus.of(BackendState.UNKNOWN).withDetail("its probe failed: " + defect);
        }
        BackendStatus saw = status;
        Known before = member.learn(known -> known.and(saw, time.now()));
        seen.accept(
                member,
                new ProbeReport(member.name(), before.state(), saw, failure, Duration.ofNanos(time.nanos() - start)));
    }

    private static BackendState stateOf(FailureKind kind) {
        return switch (kind) {
            case LOADING -> BackendState.LOADING;
            case OVERLOADED -> BackendState.BUSY;
            default -> BackendState.DOWN;
        };
    }

    /** One backend's looks, each planned when the last one has ended; a new plan replaces the old one. */
    private final class Schedule {

        private final Member member;
        private final Duration every;
        private final Duration limit;
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<Task> next = Optional.empty(); // guarded by lock
        private long plans; // how many were made, so that a run knows whether a newer one has been; guarded by lock
        private boolean ended; // guarded by lock

        Schedule(Member member, Duration every, Duration limit) {
            this.member = member;
            this.every = every;
            this.limit = limit;
        }

        void lookAfter(Duration pause) {
            lock.lock();
            try {
                if (!ended) {
                    next.ifPresent(Task::close);
                    long mine = ++plans;
                    next = Optional.of(time.after(pause, () -> run(mine)));
                }
            } finally {
                lock.unlock();
            }
        }

        void end() {
            lock.lock();
            try {
                ended = true;
                next.ifPresent(Task::close);
            } finally {
                lock.unlock();
            }
        }

        private void run(long mine) {
            try {
                look(member, limit, Deadline.after(limit, time::nanos));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
            if (isLatest(mine)) {
                lookAfter(member.known().state() == BackendState.LOADING ? WHILE_LOADING : every);
            }
        }

        private boolean isLatest(long mine) {
            lock.lock();
            try {
                return plans == mine;
            } finally {
                lock.unlock();
            }
        }
    }
}
