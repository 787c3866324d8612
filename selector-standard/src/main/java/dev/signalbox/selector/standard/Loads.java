package dev.signalbox.selector.standard;

import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.LoadSignal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How busy servers are: with requests of ours, whatever model they ask, and with what the server says others have it do.
 * What a server reports as running includes ours, so the larger of the two counts, and what waits in its queue on top.
 */
final class Loads {

    private final Map<String, Long> ours = new HashMap<>(); // by backend

    private Loads(List<HostView> hosts) {
        for (HostView host : hosts) {
            host.inFlight().forEach((target, count) -> ours.merge(target.backend(), (long) count, Long::sum));
        }
    }

    /** The loads at this moment. */
    static Loads of(List<Candidate> candidates) {
        return new Loads(
                candidates.isEmpty() ? List.of() : candidates.getFirst().hosts());
    }

    /** How many requests keep its server busy. */
    long of(Candidate candidate) {
        long own = Math.max(
                candidate.inFlight(), ours.getOrDefault(candidate.target().backend(), 0L));
        return candidate.status().load().map(load -> with(load, own)).orElse(own);
    }

    private static long with(LoadSignal.Load load, long own) {
        return Math.max(own, load.running()) + Math.max(0, load.waiting());
    }
}
