package dev.signalbox.core.room;

import java.util.HashMap;
import java.util.Map;

/** What is taken of hosts, as gates: the one preparation slot, and the ground that all requests share. Guarded by the room's lock. */
final class Hosts {

    private final Map<String, Gate> slots = new HashMap<>();
    private final Map<String, Gate> grounds = new HashMap<>();

    /** Where at most one prepares at a time. */
    Gate slotOf(String host) {
        return slots.computeIfAbsent(host, name -> Gate.internal(name, "preparing on " + name, 1));
    }

    /** Where there is always a place, but nobody is passed over for ever. */
    Gate groundOf(String host) {
        return grounds.computeIfAbsent(
                host, name -> Gate.internal(name, "host " + name + " is full", Integer.MAX_VALUE));
    }
}
