package dev.signalbox.testkit;

import dev.signalbox.api.Target;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host that tells what is so, and on which nobody loads; {@link ScriptedHost} is one that does. Immutable. */
public record TestHost(
        String name, List<String> backends, List<Target> residents, long residentBytes, Map<Target, Integer> inFlight)
        implements HostView {

    public TestHost {
        backends = List.copyOf(backends);
        residents = List.copyOf(residents);
        inFlight = Map.copyOf(inFlight);
    }

    /** A host of these backends, with nothing loaded. */
    public static TestHost of(String name, String... backends) {
        return new TestHost(name, List.of(backends), List.of(), 0, Map.of());
    }

    /** The same host with these targets loaded. */
    public TestHost holding(Target... targets) {
        return new TestHost(name, backends, List.of(targets), residentBytes, inFlight);
    }

    /** The same host with models that take so much memory. */
    public TestHost using(long bytes) {
        return new TestHost(name, backends, residents, bytes, inFlight);
    }

    /** The same host with so many requests in flight. */
    public TestHost answering(Map<Target, Integer> requests) {
        return new TestHost(name, backends, residents, residentBytes, requests);
    }

    @Override
    public Optional<ModelLifecycle> lifecycle(String backend) {
        return Optional.empty();
    }
}
