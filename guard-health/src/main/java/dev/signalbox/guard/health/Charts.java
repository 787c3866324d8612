package dev.signalbox.guard.health;

import dev.signalbox.api.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** All charts, by name. Any thread may use them. */
final class Charts {

    /** So many are kept: somebody may let any model be asked for. */
    private static final int MOST = 10_000;

    private static final Course OF_TARGET = Course.fresh(false, 0);
    private static final Course OF_BACKEND = Course.fresh(true, 0);

    private final DoubleSupplier spread;
    private final Map<Target, Chart> targets = new ConcurrentHashMap<>();
    private final Map<String, Chart> backends = new ConcurrentHashMap<>();

    /**
     * No charts yet.
     *
     * @param spread where first pauses lie in their ranges, from 0 to 1
     */
    Charts(DoubleSupplier spread) {
        this.spread = spread;
    }

    /** A target's, from now on. */
    Chart of(Target target) {
        Chart known = targets.get(target);
        return known != null ? known : begun(targets, target, false);
    }

    /** A backend's, from now on. */
    Chart ofBackend(String name) {
        Chart known = backends.get(name);
        return known != null ? known : begun(backends, name, true);
    }

    private <K> Chart begun(Map<K, Chart> charts, K key, boolean whole) {
        Chart fresh = new Chart(key.toString(), Course.fresh(whole, spread.getAsDouble()));
        if (charts.size() >= MOST) {
            makeRoom(charts);
        }
        return charts.computeIfAbsent(key, absent -> fresh);
    }

    /** Forgets those with whom nothing is wrong; where something is with all, the one whose last failure is the oldest. */
    private static <K> void makeRoom(Map<K, Chart> charts) {
        charts.values().removeIf(chart -> chart.now().isUneventful());
        if (charts.size() >= MOST) {
            charts.entrySet().stream()
                    .filter(each -> each.getValue().now().trial().isEmpty())
                    .min(Comparator.comparingLong(
                            each -> each.getValue().now().streak().last()))
                    .ifPresent(oldest -> charts.remove(oldest.getKey()));
        }
    }

    /** How it went with a target up to now. */
    Course seen(Target target) {
        Chart known = targets.get(target);
        return known == null ? OF_TARGET : known.now();
    }

    /** How it went with a backend up to now. */
    Course seenOf(String backend) {
        Chart known = backends.get(backend);
        return known == null ? OF_BACKEND : known.now();
    }

    /** How many seconds the first content of the fastest of these takes; empty if that is known of none. */
    Optional<Double> best(List<Target> chain) {
        double best = Double.MAX_VALUE;
        for (Target target : chain) {
            Speed speed = seen(target).speed();
            best = speed.known() ? Math.min(best, speed.seconds()) : best;
        }
        return best == Double.MAX_VALUE ? Optional.empty() : Optional.of(best);
    }

    /** Of a backend and its targets, as far as there is anything. */
    List<Chart> around(String backend) {
        List<Chart> all = new ArrayList<>();
        Chart whole = backends.get(backend);
        if (whole != null) {
            all.add(whole);
        }
        targets.forEach((target, chart) -> {
            if (target.backend().equals(backend)) {
                all.add(chart);
            }
        });
        return all;
    }

    /** By name. */
    List<Chart> targets() {
        return sorted(targets.values());
    }

    /** By name. */
    List<Chart> backends() {
        return sorted(backends.values());
    }

    private static List<Chart> sorted(Collection<Chart> charts) {
        return charts.stream().sorted(Comparator.comparing(Chart::name)).toList();
    }
}
