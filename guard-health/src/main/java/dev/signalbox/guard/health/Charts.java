package dev.signalbox.guard.health;

import dev.signalbox.api.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/** All charts, by name. Any thread may use them. */
final class Charts {

    /** Of more, nothing is remembered: somebody may let any model be asked for. */
    private static final int MOST = 10_000;

    private static final Course OF_TARGET = Course.fresh(false, 0);
    private static final Course OF_BACKEND = Course.fresh(true, 0);

    private final DoubleSupplier spread;
    private final Map<String, Chart> targets = new ConcurrentSkipListMap<>();
    private final Map<String, Chart> backends = new ConcurrentSkipListMap<>();

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
        return of(targets, target.toString(), false);
    }

    /** A backend's, from now on. */
    Chart ofBackend(String name) {
        return of(backends, name, true);
    }

    private Chart of(Map<String, Chart> charts, String name, boolean whole) {
        Chart known = charts.get(name);
        if (known != null) {
            return known;
        }
        Course first = Course.fresh(whole, spread.getAsDouble());
        return charts.size() < MOST
                ? charts.computeIfAbsent(name, absent -> new Chart(absent, first))
                : new Chart(name, first);
    }

    /** How it went with a target up to now. */
    Course seen(Target target) {
        Chart known = targets.get(target.toString());
        return known == null ? OF_TARGET : known.now();
    }

    /** How it went with a backend up to now. */
    Course seenOf(String backend) {
        Chart known = backends.get(backend);
        return known == null ? OF_BACKEND : known.now();
    }

    /** How many seconds the first content of the fastest of these takes; empty if that is known of none. */
    Optional<Double> best(List<Target> chain) {
        return chain.stream()
                .map(target -> seen(target).speed())
                .filter(Speed::known)
                .map(Speed::seconds)
                .min(Double::compare);
    }

    /** Of a backend and its targets, as far as there is anything. */
    List<Chart> around(String backend) {
        String prefix = backend + "/";
        List<Chart> all = new ArrayList<>();
        Chart whole = backends.get(backend);
        if (whole != null) {
            all.add(whole);
        }
        targets.forEach((name, chart) -> {
            if (name.startsWith(prefix)) {
                all.add(chart);
            }
        });
        return all;
    }

    Collection<Chart> targets() {
        return targets.values();
    }

    Collection<Chart> backends() {
        return backends.values();
    }
}
