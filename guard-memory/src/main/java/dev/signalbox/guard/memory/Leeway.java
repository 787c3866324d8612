package dev.signalbox.guard.memory;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What was found out of a machine since its books changed last, so that most requests need not look into them. Any thread
 * may read what models can have; the rest is guarded by the residency's lock.
 */
final class Leeway {

    /** So many are remembered: clients may name any context. */
    private static final int MOST = 1_000;

    private final Map<Need, Long> growth = new ConcurrentHashMap<>(); // by what is needed of the model alone
    private OptionalLong taken = OptionalLong.empty();

    /** Whether it is known that a need can be met, sooner or later. */
    boolean covers(Need need) {
        Long most = growth.get(need.ofModel());
        return most != null && need.growth() <= most;
    }

    /** Remembers how many bytes requests may add to a model that is needed like that. */
    void learn(Need need, long most) {
        if (growth.size() < MOST) {
            growth.put(need.ofModel(), most);
        }
    }

    /** What models take, and what is kept for those that nobody sees. */
    long taken(LongSupplier counted) {
        if (taken.isEmpty()) {
            taken = OptionalLong.of(counted.getAsLong());
        }
        return taken.getAsLong();
    }
}
