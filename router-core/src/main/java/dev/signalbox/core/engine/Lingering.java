package dev.signalbox.core.engine;

import dev.signalbox.core.room.Entry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Places whose generations may still run although nobody reads them any more: kept taken until the runtime shows itself
 * idle or its time has passed.
 */
final class Lingering {

    private final Time time;
    private final ConcurrentHashMap<Member, Set<Entry>> kept = new ConcurrentHashMap<>(); // no empty sets

    Lingering(Time time) {
        this.time = time;
    }

    void keep(Member member, Entry entry) {
        kept.compute(member, (same, before) -> {
            Set<Entry> entries = before == null ? ConcurrentHashMap.newKeySet() : before;
            entries.add(entry);
            return entries;
        });
        time.after(member.settings().linger(), () -> giveBack(member, entry));
    }

    /** The runtime does nothing any more. */
    void idle(Member member) {
        Set<Entry> entries = kept.remove(member);
        if (entries != null) {
            entries.forEach(Entry::close);
        }
    }

    private void giveBack(Member member, Entry entry) {
        kept.computeIfPresent(member, (same, entries) -> entries.remove(entry) && entries.isEmpty() ? null : entries);
        entry.close();
    }
}
