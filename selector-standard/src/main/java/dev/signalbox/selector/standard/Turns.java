package dev.signalbox.selector.standard;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives each request a turn, heavier targets more often and as evenly spread as can be: smooth weighted round robin, as
 * nginx has it. A request keeps its turn however often the waiting room asks. Any thread may ask.
 */
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Target, Long> credit = new HashMap<>(); // guarded by lock; one for each target of the pool
    private final Map<RequestView, List<Target>> given = new WeakHashMap<>(); // guarded by lock; while requests live

    /** The candidates of one request, whose turn it is first. */
    List<Candidate> order(List<Candidate> candidates) {
        List<Target> turn;
        lock.lock();
        try {
            turn = given.computeIfAbsent(candidates.getFirst().request(), request -> next(candidates));
        } finally {
            lock.unlock();
        }
        return candidates.stream()
                .sorted(Comparator.comparingInt(candidate -> place(turn, candidate)))
                .toList();
    }

    /** Who was not there when the turn was given comes last. */
    private static int place(List<Target> turn, Candidate candidate) {
        int place = turn.indexOf(candidate.target());
        return place < 0 ? turn.size() : place;
    }

    private List<Target> next(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            credit.merge(candidate.target(), Weight.of(candidate), Long::sum);
        }
        List<Target> turn =
                new ArrayList<>(candidates.stream().map(Candidate::target).toList());
        turn.sort(Comparator.comparingLong((Target target) -> credit.getOrDefault(target, 0L))
                .reversed());
        credit.merge(turn.getFirst(), -Weight.of(candidates), Long::sum);
        return List.copyOf(turn);
    }
}
