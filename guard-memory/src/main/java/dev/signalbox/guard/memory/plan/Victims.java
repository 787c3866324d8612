package dev.signalbox.guard.memory.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Chooses whom it costs least to let go: time to reload times likelihood of use; who was not used longest goes first. */
final class Victims {

    /** Up to so many all choices are compared. */
    private static final int MOST = 12;

    private Victims() {}

    /**
     * Enough of them, and nobody who need not go.
     *
     * @param bytes no more than they have together
     * @param mate who is to stay as long as others can go
     */
    static List<Occupant> of(List<Occupant> idle, long bytes, Predicate<Occupant> mate) {
        return idle.size() <= MOST ? best(idle, bytes, mate) : greedy(idle, bytes, mate);
    }

    /** One choice of many. */
    private record Choice(List<Occupant> going, long mates, double cost, long lastUse) {

        private static final Comparator<Choice> CHEAPEST = Comparator.comparingLong(Choice::mates)
                .thenComparingDouble(Choice::cost)
                .thenComparingLong(Choice::lastUse)
                .thenComparingInt(choice -> choice.going().size());

        static Choice of(List<Occupant> going, Predicate<Occupant> mate) {
            return new Choice(
                    going,
                    going.stream().filter(mate).count(),
                    going.stream().mapToDouble(Occupant::cost).sum(),
                    going.stream().mapToLong(Occupant::lastUse).max().orElse(Long.MIN_VALUE));
        }
    }

    private static List<Occupant> best(List<Occupant> idle, long bytes, Predicate<Occupant> mate) {
        Choice best = Choice.of(idle, mate);
        for (int set = 1; set < 1 << idle.size(); set++) {
            List<Occupant> going = members(idle, set);
            if (Situation.sum(going) >= bytes) {
                Choice choice = Choice.of(going, mate);
                best = Choice.CHEAPEST.compare(choice, best) < 0 ? choice : best;
            }
        }
        return best.going();
    }

    private static List<Occupant> members(List<Occupant> all, int set) {
        List<Occupant> members = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((set & (1 << i)) != 0) {
                members.add(all.get(i));
            }
        }
        return members;
    }

    /** The cheapest first until it is enough; then whoever turned out not to be needed stays. */
    private static List<Occupant> greedy(List<Occupant> idle, long bytes, Predicate<Occupant> mate) {
        List<Occupant> cheapest = idle.stream()
                .sorted(Comparator.comparing((Occupant each) -> mate.test(each))
                        .thenComparingDouble(Occupant::cost)
                        .thenComparingLong(Occupant::lastUse))
                .toList();
        List<Occupant> going = new ArrayList<>();
        for (Occupant each : cheapest) {
            if (Situation.sum(going) < bytes) {
                going.add(each);
            }
        }
        for (Occupant each : List.copyOf(going).reversed()) {
            if (Situation.sum(going) - each.all() >= bytes) {
                going.remove(each);
            }
        }
        return going;
    }
}
