package dev.signalbox.guard.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** How the servers of a machine were when somebody asked them something last. Guarded by the residency's lock. */
final class Servers {

    /** How long a server counts as one that unloads nothing: it may be started again so that it can. */
    private static final Duration FIXED = Duration.ofMinutes(5);

    private final LongSupplier nanoTime;
    private final Map<String, Long> fixed = new HashMap<>(); // when it turned out to unload nothing
    private final Set<String> deaf = new HashSet<>(); // did not answer
    private final Set<String> down = new HashSet<>(); // were not there
    private final Set<String> up = new HashSet<>(); // have answered, and were there ever since

    Servers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** It unloads nothing, until it was gone or some time has passed. */
    void fix(String backend) {
        fixed.put(backend, nanoTime.getAsLong());
    }

    boolean isFixed(String backend) {
        Long since = fixed.get(backend);
        return since != null && nanoTime.getAsLong() - since < FIXED.toNanos();
    }

    /** It has nothing loaded: what it kept is gone, and it may be another one when it loads again. */
    void emptied(String backend) {
        fixed.remove(backend);
    }

    /** It said what it has loaded. */
    void told(String backend) {
        deaf.remove(backend);
        down.remove(backend);
    }

    /** It answers, whether or not it says what it has loaded. */
    void heard(String backend) {
        deaf.remove(backend);
        up.add(backend);
    }

    /** It did not answer. */
    void unheard(String backend) {
        deaf.add(backend);
    }

    /** It is not there. */
    void gone(String backend) {
        down.add(backend);
        up.remove(backend);
    }

    /** Whether somebody is known to be there. */
    boolean isUp(String backend) {
        return up.contains(backend);
    }

    boolean isDown(String backend) {
        return down.contains(backend);
    }

    boolean isDeaf(String backend) {
        return deaf.contains(backend);
    }

    /** Those that did not answer. */
    Set<String> deaf() {
        return new TreeSet<>(deaf);
    }
}
