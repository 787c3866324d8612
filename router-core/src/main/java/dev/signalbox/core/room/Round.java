package dev.signalbox.core.room;

import dev.signalbox.core.room.RoomException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One round of asking: waiters are asked in the line's order, each once at most. Guarded by the room's lock. */
final class Round {

    /** A door that wants to be asked again at once, or in the past, is asked after this. */
    private static final long SOONEST = Duration.ofMillis(1).toNanos();

    private final long number;
    private final long time;
    private final InstantSource clock;
    private final Line line;
    private final Hosts hosts;
    private final Entry.Desk desk;
    private int marked; // up to here, whoever was passed over for long keeps its gates

    Round(long number, long time, InstantSource clock, Line line, Hosts hosts, Entry.Desk desk) {
        this.number = number;
        this.time = time;
        this.clock = clock;
        this.line = line;
        this.hosts = hosts;
        this.desk = desk;
    }

    long time() {
        return time;
    }

    /**
     * Asks one waiter; empty if it is to wait.
     *
     * @param ahead how many stand in the line before it
     */
    Optional<Outcome> ask(Waiter waiter, int ahead) {
        if (waiter.cancellation().cancelled()) {
            return Optional.of(Outcome.out(Reason.CANCELLED));
        }
        List<Holdup> holdups = new ArrayList<>();
        Optional<Entry> entry;
        try {
            Optional<List<? extends Door>> foreseen = waiter.takeForeseen();
            entry = foreseen.flatMap(doors -> knock(waiter, ahead, doors, holdups));
            if (entry.isEmpty() && (foreseen.isEmpty() || waiter.changedSince())) {
                holdups.clear();
                entry = knock(waiter, ahead, waiter.visitor().doors(), holdups);
            }
        } catch (RuntimeException | Error defect) {
            return Optional.of(new Outcome.Defect(defect)); // the visitor's own, and nobody else's
        }
        if (entry.isEmpty() && !holdups.isEmpty()) {
            waiter.heldUp(holdups);
            return Optional.empty();
        }
        return entry.map(Outcome::in).or(() -> Optional.of(Outcome.out(Reason.NOWHERE)));
    }

    private Optional<Entry> knock(Waiter waiter, int ahead, List<? extends Door> doors, List<Holdup> holdups) {
        for (Door door : doors) {
            Optional<Entry> entry = knock(waiter, ahead, door, holdups);
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    private Optional<Entry> knock(Waiter waiter, int ahead, Door door, List<Holdup> holdups) {
        List<Gate> gates = door.gates();
        for (Gate gate : gates) {
            if (!gate.hasPlace()) {
                holdups.add(Holdup.full(door, gates, gate));
                return Optional.empty();
            }
        }
        List<Gate> contested =
                door.host().map(host -> and(gates, hosts.groundOf(host))).orElse(gates);
        for (Gate gate : contested) {
            if (keptForSomebody(gate, ahead)) {
                holdups.add(Holdup.later(door, contested, gate.whyKept()));
                return Optional.empty();
            }
        }
        switch (door.ask()) {
            case Answer.Never never -> {}
            case Answer.Later later -> holdups.add(Holdup.later(door, contested, later.reason(), askAgainAt(later)));
            case Answer.Open open -> {
                Optional<Gate> slot = open.host().map(hosts::slotOf);
                if (slot.isEmpty() || slot.get().hasPlace()) {
                    overtake(ahead, contested);
                    return Optional.of(Entry.take(desk, door, open, gates, slot, time, waiter.waited(time)));
                }
                open.undo().run();
                holdups.add(Holdup.later(door, gates, slot.get().whyFull()));
            }
        }
        return Optional.empty();
    }

    /** Whether somebody ahead was passed over for so long that nobody may take its places any more. */
    private boolean keptForSomebody(Gate gate, int ahead) {
        if (gate.waiting() == 0) {
            return false;
        }
        for (; marked < ahead; marked++) {
            Waiter waiter = line.get(marked);
            if (waiter.exhausted(time)) {
                waiter.wants().gates().forEach(wanted -> wanted.keep(number));
            }
        }
        return gate.keptIn(number);
    }

    /** Notes for everybody ahead that somebody takes what it wants. */
    private void overtake(int ahead, List<Gate> taken) {
        if (ahead == 0 || taken.stream().allMatch(gate -> gate.waiting() == 0)) {
            return;
        }
        for (int i = 0; i < ahead; i++) {
            if (line.get(i).wants().anyOf(taken)) {
                line.get(i).overtaken(time);
            }
        }
    }

    private long askAgainAt(Answer.Later later) {
        Optional<Instant> moment = later.askAgainAt();
        return moment.isEmpty()
                ? Waiter.NEVER
                : time + Math.max(SOONEST, Waiter.nanos(Duration.between(clock.instant(), moment.get())));
    }

    private static List<Gate> and(List<Gate> gates, Gate ground) {
        List<Gate> all = new ArrayList<>(gates);
        all.add(ground);
        return all;
    }
}
