package dev.signalbox.guard.memory;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.HostView.Offer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which models the servers of one machine offer, as the engine told last. Any thread may read it. */
final class Offers {

    private final Set<Target> said;
    private volatile Map<Target, Offer> all = Map.of(); // never changed but as a whole
    private volatile Map<Target, Target> meant = Map.of(); // of what was said, by its name there; as above

    /**
     * Knows nothing yet.
     *
     * @param said what configuration names, in words that need not be those of the servers
     */
    Offers(Set<Target> said) {
        this.said = said;
    }

    void take(HostView view) {
        Map<Target, Offer> now = new HashMap<>();
        view.offers().forEach(offer -> now.put(offer.target(), offer));
        if (!now.keySet().equals(all.keySet())) {
            meant = meant(view);
        }
        all = now;
    }

    private Map<Target, Target> meant(HostView view) {
        Map<Target, Target> found = new HashMap<>();
        said.forEach(each -> found.put(each, view.offered(each)));
        return found;
    }

    /** What a server lists of what configuration names: {@code m:latest} where it says {@code m}; the same if it lists none. */
    Target meant(Target name) {
        return meant.getOrDefault(name, name);
    }

    Map<Target, Offer> all() {
        return all;
    }

    /** Of a model that nobody has told of, what its server can do. */
    Offer of(Target target) {
        Offer known = all.get(target);
        if (known != null) {
            return known;
        }
        ModelInfo unknown = ModelInfo.named(target.model());
        return new Offer(target, unknown, unknown, manages(target.backend()), swaps(target.backend()));
    }

    /** Whether a backend keeps one model, and puts another one in its place by itself. */
    boolean swaps(String backend) {
        return all.values().stream()
                .anyMatch(offer -> offer.swaps() && offer.target().backend().equals(backend));
    }

    /** Whether a backend can load and unload. */
    boolean manages(String backend) {
        return all.values().stream()
                .anyMatch(offer -> offer.managed() && offer.target().backend().equals(backend));
    }
}
