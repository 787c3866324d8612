package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.plan.Occupant;
import dev.signalbox.guard.memory.plan.Situation;
import dev.signalbox.spi.HostView.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the planner how it is on a machine. Residency's lock.
 *
 * @param silent servers that do not answer, whose models nobody can count on to go
 */
record Scene(Books books, Set<String> silent, long now) {

    static Situation of(Books books, long room, Set<String> silent, long now) {
        Scene scene = new Scene(books, silent, now);
        List<Occupant> occupants = new ArrayList<>();
        books.holdings().forEach((target, holding) -> occupants.add(scene.seen(target, holding)));
        Set<String> swapping = new HashSet<>();
        books.unseenOffers().forEach(offer -> occupants.add(scene.unseen(offer.target())));
        for (Offer offer : books.offers().all().values()) {
            if (offer.swaps()) {
                swapping.add(offer.target().backend());
            }
        }
        return new Situation(room, occupants, books.rules(), swapping);
    }

    private Occupant seen(Target target, Holding holding) {
        Optional<Use> use = books.uses().find(target);
        long bytes = holding.size().bytes();
        return new Occupant(
                target,
                bytes,
                use.map(Use::promised).orElse(0L),
                books.isMovable(target) && !silent.contains(target.backend()),
                books.uses().busy(target) || holding.isMoving(),
                books.sizes().reload(target, bytes),
                use.map(each -> each.likelihood(now)).orElse(0.0),
                use.map(Use::lastUse).orElse(Long.MIN_VALUE));
    }

    private Occupant unseen(Target target) {
        return new Occupant(
                target,
                books.size(target).bytes(),
                books.uses().find(target).map(Use::promised).orElse(0L),
                false,
                books.uses().busy(target),
                Duration.ZERO,
                1,
                now);
    }
}
