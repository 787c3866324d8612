package dev.signalbox.guard.memory.plan;

import dev.signalbox.api.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Plans which models go. A pure function. */
public final class Planner {

    private Planner() {}

    /**
     * What is to be done before a model can be asked.
     *
     * @param wanted which model
     * @param needed how many bytes it needs beyond what it has already
     */
    public static Plan plan(Situation now, Target wanted, long needed) {
        List<Occupant> others = now.occupants().stream()
                .filter(occupant -> !occupant.target().equals(wanted))
                .toList();
        List<Occupant> foes =
                others.stream().filter(occupant -> now.apart(wanted, occupant)).toList();
        Optional<Plan.Never> never = never(now, wanted, needed);
        if (never.isPresent()) {
            return never.get();
        }
        if (foes.stream().anyMatch(Occupant::busy)) {
            return new Plan.Wait(waitingFor(foes, Occupant::busy));
        }
        long missing = needed > 0 ? needed - now.free() - Situation.sum(foes) : 0;
        List<Occupant> idle = others.stream()
                .filter(now::canEverGo)
                .filter(occupant -> !occupant.busy() && !foes.contains(occupant))
                .toList();
        if (missing > 0 && Situation.sum(idle) < missing) {
            return new Plan.Wait(waitingFor(others, occupant -> occupant.busy() && now.canEverGo(occupant)));
        }
        List<Occupant> going = new ArrayList<>(foes);
        if (missing > 0) {
            going.addAll(Victims.of(idle, missing, occupant -> now.rules().mates(wanted, occupant.target())));
        }
        return new Plan.Go(going.stream().map(Occupant::target).toList());
    }

    /** How many bytes beyond what it has already it can have, sooner or later; empty if it can never be asked. */
    public static OptionalLong most(Situation now, Target wanted) {
        return neverGoing(now, wanted).isPresent() ? OptionalLong.empty() : OptionalLong.of(mostBeyondOwn(now, wanted));
    }

    /** Why it can never be asked, as things stand; empty if it may be, sooner or later. */
    public static Optional<Plan.Never> never(Situation now, Target wanted, long needed) {
        Optional<Occupant> fixed = neverGoing(now, wanted);
        if (fixed.isPresent()) {
            String reason = "%s and %s must not be in memory together, and %s never goes"
                    .formatted(wanted, fixed.get().target(), fixed.get().target());
            return Optional.of(new Plan.Never(needed, now.most(wanted), reason));
        }
        long most = mostBeyondOwn(now, wanted);
        return needed > 0 && needed > most
                ? Optional.of(new Plan.Never(needed, most, "it does not fit"))
                : Optional.empty();
    }

    private static Optional<Occupant> neverGoing(Situation now, Target wanted) {
        return now.occupants().stream()
                .filter(occupant -> now.apart(wanted, occupant) && !now.goes(occupant, wanted))
                .findFirst();
    }

    private static long mostBeyondOwn(Situation now, Target wanted) {
        long own = now.find(wanted).filter(now::canEverGo).map(Occupant::bytes).orElse(0L);
        return now.most(wanted) - own;
    }

    private static String waitingFor(List<Occupant> occupants, Predicate<Occupant> inTheWay) {
        return occupants.stream()
                .filter(inTheWay)
                .findFirst()
                .map(occupant -> "%s is in its place and busy".formatted(occupant.target()))
                .orElse("its place is not free yet");
    }
}
