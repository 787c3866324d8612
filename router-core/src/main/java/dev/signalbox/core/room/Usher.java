package dev.signalbox.core.room;

import dev.signalbox.api.Target;
import dev.signalbox.core.room.RoomException.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Asks waiters in order and lets in whoever can start. Decides only: it blocks nobody and starts nothing. Guarded by the
 * room's lock, but for {@link #waiting}.
 *
 * <p>It keeps one promise that makes it cheap: after every call, nobody in the line could start if asked again. So an
 * arrival needs no other waiter asked, and places given back concern only those who lacked nothing else.
 */
final class Usher {

    /** Beyond it nobody waits, whatever queues the gates have. */
    private static final int MOST_WAITERS = 100_000;

    private final InstantSource clock;
    private final LongSupplier now;
    private final Entry.Desk desk;
    private final Line line = new Line();
    private final Hosts hosts = new Hosts();
    private final Map<Target, Integer> waiting = new ConcurrentHashMap<>();
    private long rounds;
    private boolean closed;

    Usher(InstantSource clock, LongSupplier now, Entry.Desk desk) {
        this.clock = clock;
        this.now = now;
        this.desk = desk;
    }

    /** Lets a new waiter in, sends it away or puts it in the line. */
    void arrive(Waiter waiter) {
        if (line.next() <= now.getAsLong()) {
            ask(Occasion.TIME);
        }
        int index = line.indexOf(waiter);
        Optional<Outcome> outcome = closed
                ? Optional.of(Outcome.out(Reason.CLOSED))
                : newRound().ask(waiter, index).or(() -> turnAway(waiter));
        if (outcome.isPresent()) {
            waiter.end(outcome.get());
            return;
        }
        count(waiter.wants());
        line.insert(index, waiter);
        waiter.waitsAt(position(waiter, index));
    }

    /** Asks those in the line who may start because these gates were given back. */
    void givenBack(List<Gate> free) {
        if (line.lacksOnlyPlaces() && line.next() > now.getAsLong()) {
            ask(newRound(), Occasion.GIVEN_BACK, () -> free.stream().anyMatch(Gate::letsSomebodyIn));
        } else {
            ask(Occasion.GIVEN_BACK);
        }
    }

    /** Asks those in the line whom the occasion concerns. */
    void ask(Occasion occasion) {
        Round round = newRound();
        if (line.next() <= round.time()) {
            line.age(round.time());
        }
        line.replan();
        ask(round, occasion, () -> true);
    }

    private void ask(Round round, Occasion occasion, BooleanSupplier worthwhile) {
        Occasion heard = occasion;
        int index = 0;
        while (index < line.size() && (heard == Occasion.ANYTHING || worthwhile.getAsBoolean())) {
            Waiter waiter = line.get(index);
            Wants wanted = waiter.wants();
            boolean gone = waiter.concernedBy(heard, round.time()) && askAgain(round, waiter, index);
            // Those behind it may take what it no longer keeps from them.
            if (waiter.exhausted(round.time()) && (gone || !waiter.wants().includes(wanted))) {
                heard = Occasion.ANYTHING;
            }
            if (!gone) {
                line.plan(waiter);
                index++;
            }
        }
    }

    /** Takes a waiter out of the line that does not want to wait any longer. */
    void leave(Waiter waiter, Outcome outcome) {
        dismiss(waiter, line.indexOf(waiter), outcome);
        if (waiter.exhausted(now.getAsLong())) {
            ask(Occasion.ANYTHING);
        }
    }

    /** Sends everybody away, now and from now on. */
    void close() {
        closed = true;
        while (line.size() > 0) {
            dismiss(line.get(0), 0, Outcome.out(Reason.CLOSED));
        }
    }

    /** How many wait that could go to that target. Any thread may ask, also while others are asked. */
    int waiting(Target target) {
        return waiting.getOrDefault(target, 0);
    }

    /** Those in the line, in order. */
    List<Waiter> waiters() {
        return line.all();
    }

    private Round newRound() {
        return new Round(rounds++, now.getAsLong(), clock, line, hosts, desk);
    }

    /** Whether that ended its visit. */
    private boolean askAgain(Round round, Waiter waiter, int index) {
        Wants wanted = waiter.wants();
        Optional<Outcome> outcome =
                waiter.until().expired() ? Optional.of(Outcome.out(Reason.OVERDUE)) : round.ask(waiter, index);
        if (outcome.isPresent()) {
            dismiss(waiter, index, outcome.get());
            return true;
        }
        if (!wanted.equals(waiter.wants())) {
            discount(wanted);
            count(waiter.wants());
        }
        return false;
    }

    /** Sends an arrival away that would have to wait where too many wait already, or longer than it may. */
    private Optional<Outcome> turnAway(Waiter waiter) {
        List<Holdup> holdups = waiter.holdups();
        if (line.size() >= MOST_WAITERS || holdups.stream().allMatch(Holdup::queueIsFull)) {
            Optional<Duration> retryAfter = holdups.stream()
                    .flatMap(holdup -> holdup.retryAfter().stream())
                    .min(Duration::compareTo);
            return Optional.of(new Outcome.Out(Reason.FULL, retryAfter));
        }
        return waiter.until().expired() ? Optional.of(Outcome.out(Reason.OVERDUE)) : Optional.empty();
    }

    private int position(Waiter waiter, int index) {
        int position = 1;
        for (int i = 0; i < index; i++) {
            if (line.get(i).wants().anyOf(waiter.wants().gates())) {
                position++;
            }
        }
        return position;
    }

    private void dismiss(Waiter waiter, int index, Outcome outcome) {
        line.remove(index);
        discount(waiter.wants());
        waiter.end(outcome);
    }

    private void count(Wants wants) {
        wants.gates().forEach(Gate::join);
        wants.targets().forEach(target -> waiting.merge(target, 1, Integer::sum));
    }

    private void discount(Wants wants) {
        wants.gates().forEach(Gate::leave);
        wants.targets().forEach(target -> waiting.computeIfPresent(target, (same, n) -> n == 1 ? null : n - 1));
    }
}
