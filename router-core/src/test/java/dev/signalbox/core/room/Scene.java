package dev.signalbox.core.room;

import dev.signalbox.api.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A room without threads: guests arrive one after the other, and the clock is turned by hand. */
final class Scene {

    private long nanos;
    private long arrivals;
    private boolean changed;
    private final Usher usher = new Usher(this::instant, () -> nanos, this::giveBack);
    private final Map<Visitor, Waiter> visits = new IdentityHashMap<>();

    Instant instant() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    Deadline in(Duration time) {
        return Deadline.after(time, () -> nanos);
    }

    /** Lets guests arrive, one after the other. */
    void arrive(Visitor... guests) {
        for (Visitor guest : guests) {
            Waiter waiter = new Waiter(guest, guest.foreseen(), () -> changed, arrivals++, nanos);
            visits.put(guest, waiter);
            usher.arrive(waiter);
            if (waiter.outcome() == null) {
                waiter.tellThatItWaits();
            }
        }
    }

    /** From now on anything may be otherwise than guests have seen from outside. */
    void changes() {
        changed = true;
    }

    void askAgain() {
        usher.ask(Occasion.ANYTHING);
    }

    /** Turns the clock, and nobody notices yet. */
    void turn(Duration time) {
        nanos += time.toNanos();
    }

    /** Turns the clock; those whose time is over leave, those who wanted to be asked are. */
    void pass(Duration time) {
        turn(time);
        for (Waiter waiter : usher.waiters()) {
            if (waiter.outcome() == null && waiter.until().expired()) {
                usher.leave(waiter, Outcome.out(RoomException.Reason.OVERDUE));
            }
        }
        if (usher.waiters().stream().anyMatch(waiter -> waiter.nap(nanos) <= 0)) {
            usher.ask(Occasion.TIME);
        }
    }

    /** A guest that has had enough. */
    void cancel(Visitor guest) {
        guest.cancellation().cancel();
        usher.leave(visits.get(guest), Outcome.out(RoomException.Reason.CANCELLED));
    }

    void leave(Visitor guest) {
        entry(guest).close();
    }

    boolean waits(Visitor guest) {
        return visits.get(guest).outcome() == null;
    }

    boolean isIn(Visitor guest) {
        return visits.get(guest).outcome() instanceof Outcome.In;
    }

    Entry entry(Visitor guest) {
        return ((Outcome.In) visits.get(guest).outcome()).entry();
    }

    Outcome outcome(Visitor guest) {
        return visits.get(guest).outcome();
    }

    RoomException.Reason refused(Visitor guest) {
        return ((Outcome.Out) visits.get(guest).outcome()).reason();
    }

    Waiter visit(Visitor guest) {
        return visits.get(guest);
    }

    Usher usher() {
        return usher;
    }

    List<Visitor> line() {
        return usher.waiters().stream().map(Waiter::visitor).toList();
    }

    private void giveBack(List<Gate> gates, long since) {
        gates.forEach(gate -> gate.giveBack(nanos - since));
        usher.givenBack(gates);
    }
}
