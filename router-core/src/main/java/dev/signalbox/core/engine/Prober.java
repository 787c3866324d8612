package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginContext.Task;
import dev.signalbox.spi.ProbeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** Looks how backends are: never twice at once, each look bounded and on a thread of its own. Loads nothing. */
final class Prober implements AutoCloseable {

    /** How often a server is asked that says it is loading. */
    static final Duration WHILE_LOADING = Duration.ofSeconds(1);

    /** How often one is looked for that is gone: a restart is seen soon. */
    static final Duration WHILE_DOWN = Duration.ofSeconds(5);

    /** How long that goes on; a server that takes longer takes its time. */
    static final Duration LONGEST_HURRY = Duration.ofMinutes(5);

    /** How often a backend is looked at because of a request, and how long one that wants to know waits for it. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** How long a probe may go on after it was interrupted because its time was over. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Time time;
    private final BiConsumer<Member, ProbeReport> seen;
    private final ConcurrentHashMap<Member, Look> running = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Member, Schedule> schedules = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Prober(Time time, BiConsumer<Member, ProbeReport> seen) {
        this.time = time;
        this.seen = seen;
    }

    /** Looks now, and then again and again until {@link #forget}; who is watched already is looked at by then. */
    void watch(Member member, Duration every, Duration limit) {
        Schedule schedule = new Schedule(time, () -> look(member, limit), () -> pause(member.known(), every));
        Optional<Schedule> before = Optional.ofNullable(schedules.put(member, schedule));
        before.ifPresent(Schedule::end);
        schedule.within(before.isPresent() ? every : Duration.ZERO);
    }

    /** How long until the next look: not long while it is about to come back, for a while; longer while all is well. */
    private Duration pause(Known known, Duration every) {
        boolean patient = known.since()
                .filter(since -> !time.now().isBefore(since.plus(LONGEST_HURRY)))
                .isPresent();
        Duration hurry = switch (known.state()) {
            case LOADING -> WHILE_LOADING;
            case DOWN -> WHILE_DOWN;
            case READY, BUSY, UNKNOWN -> every;
        };
        return patient || hurry.compareTo(every) > 0 ? every : hurry;
    }

    void forget(Member member) {
        Optional.ofNullable(schedules.remove(member)).ifPresent(Schedule::end);
        Optional.ofNullable(running.get(member)).ifPresent(Look::end);
    }

    /** A server said that it is loading: it is looked at soon, and soon again until it is not. */
    void lookSoon(Member member) {
        Optional.ofNullable(schedules.get(member)).ifPresent(schedule -> schedule.within(WHILE_LOADING));
    }

    /** A request has failed there: if nobody seems to be there any more, it is looked at now, or a second after the last look. */
    void failed(Member member, Failure failure) {
        FailureKind kind = failure.kind();
        if (kind == FailureKind.UNREACHABLE || kind == FailureKind.BROKEN_REPLY) {
            Optional.ofNullable(schedules.get(member)).ifPresent(schedule -> schedule.within(untilAnotherLook(member)));
        }
    }

    private Duration untilAnotherLook(Member member) {
        return member.known()
                .probed()
                .map(last -> Duration.between(time.now(), last.plus(BETWEEN_LOOKS)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /**
     * Has these backends looked at, all at once, and waits for that: for a first look as long as one may take, for later
     * ones at most a second, and not more often. A machine that is asleep must not hold up everybody.
     */
    void await(Collection<Member> members, Duration limit, Deadline deadline, Cancellation cancellation)
            throws InterruptedException {
        Duration patience = BETWEEN_LOOKS;
        List<CompletableFuture<Void>> looks = new ArrayList<>();
        for (Member member : members) {
            boolean first = member.known().probed().isEmpty();
            if (first || untilAnotherLook(member).isZero()) {
                patience = first && limit.compareTo(patience) > 0 ? limit : patience;
                looks.add(look(member, limit));
            }
        }
        if (!looks.isEmpty()) {
            await(
                    CompletableFuture.allOf(looks.toArray(CompletableFuture<?>[]::new)),
                    deadline.within(patience),
                    cancellation);
        }
    }

    private void await(CompletableFuture<Void> all, Deadline deadline, Cancellation cancellation)
            throws InterruptedException {
        Task alarm = time.after(deadline.remaining(), () -> all.complete(null));
        try (Cancellation.Registration leaving = cancellation.onCancel(() -> all.complete(null))) {
            all.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            alarm.close();
        }
    }

    /** Begins to look, if nobody does; completes when that look has ended. */
    private CompletableFuture<Void> look(Member member, Duration limit) {
        Look mine = new Look(member, limit);
        Look others = running.putIfAbsent(member, mine);
        if (others != null) {
            return others.over;
        }
        time.after(Duration.ZERO, mine::run);
        if (closed) {
            mine.end(); // nothing is begun any more
        }
        return mine.over;
    }

    @Override
    public void close() {
        closed = true;
        schedules.keySet().forEach(this::forget);
        running.values().forEach(Look::end);
    }

    private static BackendState stateOf(FailureKind kind) {
        return switch (kind) {
            case LOADING -> BackendState.LOADING;
            case OVERLOADED -> BackendState.BUSY;
            default -> BackendState.DOWN;
        };
    }

    /**
     * One look at one backend. A probe that does not end though its time is over is given up: whoever waits goes on, and
     * the backend is told to have a defect. No other is begun before it has ended after all, so it costs one thread.
     */
    private final class Look {

        private final Member member;
        private final Duration limit;
        private final Interruptible inside = new Interruptible();
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final AtomicBoolean settled = new AtomicBoolean();

        Look(Member member, Duration limit) {
            this.member = member;
            this.limit = limit;
        }

        /** Nobody wants to know any more. */
        void end() {
            settled.set(true);
            inside.interrupt();
            leave();
        }

        void run() {
            if (settled.get()) {
                return; // ended before it began
            }
            Task alarm = time.after(limit, inside::interrupt);
            Task last = time.after(limit.plus(PATIENCE), this::giveUp);
            try {
                look();
            } finally {
                alarm.close();
                last.close();
                leave();
            }
        }

        private void giveUp() {
            PluginDefect bug = new PluginDefect(
                    probe(), new IllegalStateException("it goes on after its deadline and an interrupt"));
            settle(unknown(bug), Optional.of(bug.failure()), limit.plus(PATIENCE));
            over.complete(null);
        }

        private void leave() {
            running.remove(member, this);
            over.complete(null);
        }

        private void look() {
            long start = time.nanos();
            Optional<Failure> failure = Optional.empty();
            BackendStatus status;
            try {
                status = status();
            } catch (BackendException failed) {
                failure = Optional.of(failed.failure());
                status = BackendStatus.of(stateOf(failed.kind()))
                        .withDetail(failed.failure().message());
            } catch (PluginDefect bug) {
                failure = Optional.of(bug.failure());
                status = unknown(bug);
            }
            settle(status, failure, Duration.ofNanos(time.nanos() - start));
        }

        private static BackendStatus unknown(PluginDefect bug) {
            return BackendStatus.of(BackendState.UNKNOWN)
                    .withDetail(bug.failure().message());
        }

        /** Tells how it was; only the first time counts. */
        private void settle(BackendStatus status, Optional<Failure> failure, Duration took) {
            if (!settled.compareAndSet(false, true)) {
                return;
            }
            Known before = member.learn(known -> known.and(status, time.now()));
            seen.accept(member, new ProbeReport(member.name(), before.state(), status, failure, took));
        }

        private BackendStatus status() throws BackendException {
            try {
                return inside.run(() ->
                        requireNonNull(member.backend().probe(Deadline.after(limit, time::nanos)), "it answered null"));
            } catch (BackendException failed) {
                throw failed;
            } catch (InterruptedException | CancellationException late) {
                throw new BackendException(
                        Failure.of(FailureKind.TIMED_OUT, "it did not answer within " + limit), late);
            } catch (Throwable bug) {
                PluginDefect.throwIfFatal(bug);
                throw new PluginDefect(probe(), bug);
            }
        }

        private String probe() {
            return "the probe of the backend type " + member.settings().type();
        }
    }
}
