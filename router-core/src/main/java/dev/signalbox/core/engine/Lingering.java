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
    private final ConcurrentHashMap<Member, Set<Entry>> kept = new ConcurrentHashMap<>();

    Lingering(Time time) {
        this.time = time;
    }

    void keep(Member member, Entry entry) {
        kept.computeIfAbsent(member, same -> ConcurrentHashMap.newKeySet()).add(entry);
        time.after(member.settings().linger(), () -> giveBack(member, entry));
    }

    /** The runtime does nothing any more. */
    void idle(Member member) {
        Set<Entry> entries = kept.get(member);
        if (entries != null) {
            entries.forEach(entry -> giveBack(member, entry));
        }
    }

    private void giveBack(Member member, Entry entry) {
        Set<Entry> entries = kept.get(member);
        if (entries != null && entries.remove(entry)) {
            entry.close();
        }
    }
}
