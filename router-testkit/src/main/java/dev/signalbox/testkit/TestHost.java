package dev.signalbox.testkit;

import dev.signalbox.api.Target;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host for the tests of guards. Immutable; its lifecycles may be used anywhere. */
public record TestHost(
        String name,
        List<String> backends,
        List<Target> residents,
        long residentBytes,
        Map<Target, Integer> inFlight,
        Map<String, ModelLifecycle> lifecycles,
        List<Offer> offers)
        implements HostView {

    public TestHost {
        backends = List.copyOf(backends);
        residents = List.copyOf(residents);
        inFlight = Map.copyOf(inFlight);
        lifecycles = Map.copyOf(lifecycles);
        offers = List.copyOf(offers);
    }

    /** A host of these backends, with nothing loaded. */
    public static TestHost of(String name, String... backends) {
        return new TestHost(name, List.of(backends), List.of(), 0, Map.of(), Map.of(), List.of());
    }

    /** The same host with these targets loaded. */
    public TestHost holding(Target... targets) {
        return new TestHost(name, backends, List.of(targets), residentBytes, inFlight, lifecycles, offers);
    }

    /** The same host with models that take so much memory. */
    public TestHost using(long bytes) {
        return new TestHost(name, backends, residents, bytes, inFlight, lifecycles, offers);
    }

    /** The same host with so many requests in flight. */
    public TestHost answering(Map<Target, Integer> requests) {
        return new TestHost(name, backends, residents, residentBytes, requests, lifecycles, offers);
    }

    /** The same host with backends that can load and unload. */
    public TestHost managing(Map<String, ModelLifecycle> byBackend) {
        return new TestHost(name, backends, residents, residentBytes, inFlight, byBackend, offers);
    }

    /** The same host with backends that offer these models. */
    public TestHost offering(Offer... models) {
        return new TestHost(name, backends, residents, residentBytes, inFlight, lifecycles, List.of(models));
    }

    @Override
    public Optional<ModelLifecycle> lifecycle(String backend) {
        return Optional.ofNullable(lifecycles.get(backend));
    }
}
