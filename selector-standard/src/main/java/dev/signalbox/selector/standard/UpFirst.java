package dev.signalbox.selector.standard;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Orders those that are up; those whose last probe found nobody come last, in the order given.
 *
 * @param order orders one or more candidates
 */
record UpFirst(UnaryOperator<List<Candidate>> order) implements Selector {

    @Override
    public List<Target> order(List<Candidate> candidates) {
        List<Candidate> up = new ArrayList<>();
        List<Candidate> down = new ArrayList<>();
        for (Candidate candidate : candidates) {
            (candidate.status().state() == BackendState.DOWN ? down : up).add(candidate);
        }
        List<Candidate> all = new ArrayList<>(up.isEmpty() ? up : order.apply(up));
        all.addAll(down);
        return all.stream().map(Candidate::target).toList();
    }
}
