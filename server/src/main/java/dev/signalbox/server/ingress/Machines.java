package dev.signalbox.server.ingress;

import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.Routing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much memory machines have, as far as reports of plugins tell; whose reports, nobody asks.
 *
 * @param byName the machines that are counted
 * @param complete whether that is every machine that has backends
 */
record Machines(Map<String, Machine> byName, boolean complete) {

    /** The memory of one machine, or of several together, in bytes. */
    record Machine(long capacity, long free) {

        /** The share that is taken, with one place behind the point. */
        double percentUsed() {
            return capacity == 0 ? 0 : Math.round(1_000.0 * (capacity - free) / capacity) / 10.0;
        }
    }

    static Machines of(Routing routing) {
        Map<String, Machine> machines = new HashMap<>();
        for (Report report : routing.reports().values()) {
            if (report.content().get() instanceof Map<?, ?> content && content.get("hosts") instanceof List<?> hosts) {
                hosts.forEach(host -> add(host, machines));
            }
        }
        boolean complete = routing.hosts().stream().map(HostView::name).allMatch(machines::containsKey);
        return new Machines(Map.copyOf(machines), complete);
    }

    private static void add(Object told, Map<String, Machine> machines) {
        if (told instanceof Map<?, ?> host
                && host.get("host") instanceof String name
                && host.get("capacity_bytes") instanceof Number capacity
                && host.get("free_bytes") instanceof Number free) {
            machines.put(name, new Machine(capacity.longValue(), Math.max(0, free.longValue())));
        }
    }

    Optional<Machine> named(String host) {
        return Optional.ofNullable(byName.get(host));
    }

    /** All of them together; empty if one of them is not counted. */
    Optional<Machine> all() {
        return complete && !byName.isEmpty()
                ? Optional.of(new Machine(
                        byName.values().stream().mapToLong(Machine::capacity).sum(),
                        byName.values().stream().mapToLong(Machine::free).sum()))
                : Optional.empty();
    }
}
