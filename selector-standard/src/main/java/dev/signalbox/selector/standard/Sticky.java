package dev.signalbox.selector.standard;

import dev.signalbox.spi.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Consistent hashing with bounded loads (V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent Hashing with Bounded
 * Loads", SODA 2018): a key goes to the first server of its own order that is not busier than {@code factor} times its
 * share. The order is that of highest random weight (D. Thaler, C. Ravishankar, "Using Name-Based Mappings to Increase
 * Hit Rates", 1998) instead of a ring, which pools of a few servers do not need: a server that goes takes only its own
 * keys along, and they spread over all that are left. Holds no state.
 */
record Sticky(double factor) {

    List<Candidate> order(List<Candidate> candidates) {
        long key = SessionKey.of(candidates.getFirst().request());
        Loads loads = Loads.of(candidates);
        double share = factor * (candidates.stream().mapToLong(loads::of).sum() + 1) / Weight.of(candidates);
        List<Candidate> first = new ArrayList<>();
        List<Candidate> busy = new ArrayList<>();
        candidates.stream()
                .sorted(Comparator.comparingDouble((Candidate each) -> score(key, each))
                        .reversed())
                .forEach(each -> (loads.of(each) < Math.ceil(share * Weight.of(each)) ? first : busy).add(each));
        first.addAll(busy);
        return first;
    }

    /** Each target draws a number; of two with weights 3 and 1 the first draws the higher one three times of four. */
    private static double score(long key, Candidate candidate) {
        long bits = Mixed.of(key ^ Mixed.of(candidate.target().toString()));
        double uniform = ((bits >>> 11) + 0.5) / (1L << 53);
        return -Weight.of(candidate) / Math.log(uniform);
    }
}
