package dev.signalbox.core.room;

import dev.signalbox.core.room.World.Comer;
import dev.signalbox.core.room.World.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The rules of the room written down as simply as they can be said: everything is counted anew whenever somebody asks.
 * It has its own account of what is taken, and looks at nothing but guests, gates' sizes and the clock.
 */
final class NaiveRoom {

    /** One who waits. */
    final class Waiting {
        final Comer comer;
        final long arrived = now();
        Set<String> wants = new HashSet<>();
        List<Way> waysLeft = List.of();
        long due = Long.MAX_VALUE;
        long overtakenAt = Long.MAX_VALUE;
        int rankSeen;

        Waiting(Comer comer) {
            this.comer = comer;
            this.rankSeen = comer.priority.ordinal();
        }

        int rank() {
            return (int) Math.max(0, comer.priority.ordinal() - (now() - arrived) / comer.patience.toNanos());
        }

        boolean exhausted() {
            return overtakenAt != Long.MAX_VALUE && now() - overtakenAt > comer.patience.toNanos();
        }

        boolean due() {
            return due <= now() || rank() != rankSeen;
        }
    }

    final Map<Comer, Way> in = new LinkedHashMap<>();
    final Map<Comer, RoomException.Reason> out = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<Gate, Integer> taken = new HashMap<>();
    private final Map<String, Integer> memory = new HashMap<>();
    private final Map<String, Comer> preparing = new HashMap<>();
    private final Set<Way> refused = new HashSet<>();
    private final LongSupplier clock;

    NaiveRoom(LongSupplier clock) {
        this.clock = clock;
        World.HOSTS.forEach(host -> memory.put(host, 3));
    }

    void arrive(Comer comer) {
        Waiting newcomer = new Waiting(comer);
        List<Waiting> ahead =
                line().stream().filter(other -> other.rank() <= newcomer.rank()).toList();
        if (ask(newcomer, ahead)) {
            return;
        }
        boolean full = newcomer.waysLeft.stream()
                .allMatch(way -> way.needed.stream().anyMatch(gate -> waitingFor(gate) >= gate.queue()));
        if (full) {
            out.put(comer, RoomException.Reason.FULL);
        } else if (comer.until.expired()) {
            out.put(comer, RoomException.Reason.OVERDUE);
        } else {
            waiting.add(newcomer);
        }
    }

    void leave(Comer comer) {
        Way way = in.remove(comer);
        way.needed.forEach(gate -> taken.merge(gate, -1, Integer::sum));
        memory.merge(way.machine, way.need, Integer::sum);
        preparing.remove(way.machine, comer);
        askAll();
    }

    void prepared(Comer comer) {
        if (preparing.remove(in.get(comer).machine, comer)) {
            askAll();
        }
    }

    void giveUp(Comer comer, RoomException.Reason reason) {
        Waiting gone =
                waiting.stream().filter(w -> w.comer == comer).findFirst().orElseThrow();
        waiting.remove(gone);
        out.put(comer, reason);
        if (gone.exhausted()) {
            askAll();
        }
    }

    void timePassed() {
        for (Waiting one : line()) {
            if (waiting.contains(one) && one.comer.until.expired()) {
                giveUp(one.comer, RoomException.Reason.OVERDUE);
            }
        }
        ask(false);
    }

    void askAll() {
        ask(true);
    }

    /** Those who wait, in order. */
    List<Comer> waiters() {
        return line().stream().map(one -> one.comer).toList();
    }

    Set<String> wantsOf(Comer comer) {
        return waiting.stream().filter(w -> w.comer == comer).findFirst().orElseThrow().wants;
    }

    /** Somebody who could start if only somebody asked; nobody should be found. */
    Optional<Comer> forgotten() {
        List<Waiting> line = line();
        for (int i = 0; i < line.size(); i++) {
            for (Way way : line.get(i).comer.ways) {
                if (open(way, line.subList(0, i))) {
                    return Optional.of(line.get(i).comer);
                }
            }
        }
        return Optional.empty();
    }

    private void ask(boolean everybody) {
        boolean all = everybody;
        for (Waiting one : line()) {
            if (!all && !one.due()) {
                continue;
            }
            one.rankSeen = one.rank();
            List<Waiting> ahead = line().subList(0, line().indexOf(one));
            Set<String> wanted = one.wants;
            boolean gone;
            if (one.comer.until.expired()) {
                out.put(one.comer, RoomException.Reason.OVERDUE);
                gone = true;
            } else {
                gone = ask(one, ahead);
            }
            if (gone) {
                waiting.remove(one);
            }
            all |= one.exhausted() && (gone || !one.wants.containsAll(wanted));
        }
    }

    /** Whether that ended the visit. */
    private boolean ask(Waiting one, List<Waiting> ahead) {
        Set<String> wants = new HashSet<>();
        List<Way> left = new ArrayList<>();
        long due = Long.MAX_VALUE;
        for (Way way : one.comer.ways) {
            boolean places = places(way);
            boolean kept = places && kept(way, ahead);
            if (refused.contains(way) || (places && !kept && way.refuses)) {
                refused.add(way);
                continue;
            }
            if (open(way, ahead)) {
                start(one.comer, way, ahead);
                return true;
            }
            left.add(way);
            way.needed.forEach(gate -> wants.add(gate.name()));
            boolean tooEarly = places && !kept && way.scene.instant().isBefore(way.opens);
            if (tooEarly) {
                due = Math.min(due, Duration.between(Instant.EPOCH, way.opens).toNanos());
            }
            if (kept || tooEarly || (places && memory.get(way.machine) < way.need)) {
                wants.add(way.machine);
            }
        }
        if (left.isEmpty()) {
            out.put(one.comer, RoomException.Reason.NOWHERE);
            return true;
        }
        one.wants = wants;
        one.waysLeft = left;
        one.due = due;
        return false;
    }

    private boolean open(Way way, List<Waiting> ahead) {
        return places(way)
                && !kept(way, ahead)
                && !way.refuses
                && !refused.contains(way)
                && !way.scene.instant().isBefore(way.opens)
                && memory.get(way.machine) >= way.need
                && !(way.cold && preparing.containsKey(way.machine));
    }

    private boolean places(Way way) {
        return way.needed.stream().allMatch(gate -> taken.getOrDefault(gate, 0) < gate.places());
    }

    private static boolean kept(Way way, List<Waiting> ahead) {
        return ahead.stream()
                .anyMatch(other -> other.exhausted() && contested(way).anyMatch(other.wants::contains));
    }

    private void start(Comer comer, Way way, List<Waiting> ahead) {
        way.needed.forEach(gate -> taken.merge(gate, 1, Integer::sum));
        memory.merge(way.machine, -way.need, Integer::sum);
        if (way.cold) {
            preparing.put(way.machine, comer);
        }
        in.put(comer, way);
        ahead.stream()
                .filter(other -> contested(way).anyMatch(other.wants::contains))
                .forEach(other -> other.overtakenAt = Math.min(other.overtakenAt, now()));
    }

    private static Stream<String> contested(Way way) {
        return Stream.concat(way.needed.stream().map(Gate::name), Stream.of(way.machine));
    }

    private long waitingFor(Gate gate) {
        return waiting.stream().filter(one -> one.wants.contains(gate.name())).count();
    }

    private List<Waiting> line() {
        return waiting.stream()
                .sorted(Comparator.<Waiting>comparingInt(Waiting::rank).thenComparingInt(one -> one.comer.name))
                .toList();
    }

    private long now() {
        return clock.getAsLong();
    }
}
