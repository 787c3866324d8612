package dev.signalbox.core.engine;

import dev.signalbox.core.room.Entry;
import dev.signalbox.core.room.Places;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Places whose generations may still run although nobody reads them any more: kept taken until the runtime shows itself
 * idle or its time has passed.
 */
final class Lingering {

    private final Time time;
    private final ConcurrentHashMap<Member, Map<Places, Long>> kept =
            new ConcurrentHashMap<>(); // and since when; never empty

    Lingering(Time time) {
        this.time = time;
    }

    void keep(Member member, Entry entry) {
        Places places = entry.outlive(); // the request is over: its texts must not wait for this
        long now = time.nanos();
        kept.compute(member, (same, before) -> {
            Map<Places, Long> entries = before == null ? new ConcurrentHashMap<>() : before;
            entries.put(places, now);
            return entries;
        });
        time.after(member.settings().linger(), () -> giveBack(member, places));
    }

    /** A look that began then saw that the runtime does nothing; of what was kept later it says nothing. */
    void idle(Member member, long then) {
        kept.getOrDefault(member, Map.of()).forEach((places, since) -> {
            if (since - then < 0) {
                giveBack(member, places);
            }
        });
    }

    private void giveBack(Member member, Places places) {
        kept.computeIfPresent(member, (same, entries) -> {
            entries.remove(places);
            return entries.isEmpty() ? null : entries;
        });
        places.close();
    }
}
