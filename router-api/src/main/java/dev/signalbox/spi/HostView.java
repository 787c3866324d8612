package dev.signalbox.spi;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine whose memory several backends share, as it is now. Made by the engine. */
public interface HostView {

    /** Its name. */
    String name();

    /** The names of its backends. */
    List<String> backends();

    /** What each backend's last probe said is loaded, by target. */
    List<Target> residents();

    /** How many bytes of memory what is loaded takes, at least: models of unknown size count for nothing. */
    default long residentBytes() {
        return 0;
    }

    /**
     * One model of one of its backends.
     *
     * @param target which
     * @param model what is known of it, configuration first
     * @param reported what its server alone tells of it; just a name if it tells nothing
     * @param managed whether its backend can load and unload
     * @param swaps whether its backend keeps one model, and puts another one in its place by itself
     */
    record Offer(Target target, ModelInfo model, ModelInfo reported, boolean managed, boolean swaps) {}

    /** Every model its backends offer, with what is known of each. */
    default List<Offer> offers() {
        return List.of();
    }

    /** Whether a name in configuration means it: its own, or that of one of its backends. Loopback names are one. */
    default boolean means(String said) {
        return name().equals(said) || backends().contains(said);
    }

    /** Whether a target that configuration names is that one of {@link #offers()}, as its backend compares names. */
    default boolean means(Target said, Target offered) {
        return said.equals(offered);
    }

    /**
     * The one of {@link #offers()} that a target is which configuration names, such as {@code m:latest} where it says
     * {@code m}; the same if none is.
     */
    default Target offered(Target said) {
        List<Target> all = offers().stream().map(Offer::target).toList();
        return all.contains(said)
                ? said
                : all.stream().filter(one -> means(said, one)).findFirst().orElse(said);
    }

    /** Whether the router runs on it, as far as its name tells. */
    default boolean isHere() {
        return name().equals("localhost");
    }

    /** Requests in flight, by target. */
    Map<Target, Integer> inFlight();

    /** Requests in the waiting room that could go there, by target; one that could go to several counts for each. */
    default Map<Target, Integer> waiting() {
        return Map.of();
    }

    /**
     * Loads and unloads models of one of its backends; empty if the backend cannot.
     *
     * @throws IllegalStateException if called outside a {@link Preparation}
     */
    Optional<ModelLifecycle> lifecycle(String backend);
}
