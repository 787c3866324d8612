package dev.signalbox.core.engine;

import dev.signalbox.core.room.Entry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Places whose generations may still run although nobody reads them any more: kept taken until the runtime shows itself
 * idle or its time has passed.
 */
final class Lingering {

    private final Time time;
    private final ConcurrentHashMap<Member, Map<Entry, Long>> kept =
            new ConcurrentHashMap<>(); // and since when; never empty

    Lingering(Time time) {
        this.time = time;
    }

    void keep(Member member, Entry entry) {
        long now = time.nanos();
        kept.compute(member, (same, before) -> {
            Map<Entry, Long> entries = before == null ? new ConcurrentHashMap<>() : before;
            entries.put(entry, now);
            return entries;
        });
        time.after(member.settings().linger(), () -> giveBack(member, entry));
    }

    /** A look that began then saw that the runtime does nothing; of what was kept later it says nothing. */
    void idle(Member member, long then) {
        kept.getOrDefault(member, Map.of()).forEach((entry, since) -> {
            if (since - then < 0) {
                giveBack(member, entry);
            }
        });
    }

    private void giveBack(Member member, Entry entry) {
        kept.computeIfPresent(member, (same, entries) -> {
            entries.remove(entry);
            return entries.isEmpty() ? null : entries;
        });
        entry.close();
    }
}
