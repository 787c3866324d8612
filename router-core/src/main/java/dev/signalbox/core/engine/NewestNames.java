package dev.signalbox.core.engine;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Names of which only the newest so many are kept: where clients may call models anything, there is no end of them. Any
 * thread may use it; asking takes no lock, while a new name, which is rare, has all of them copied.
 */
final class NewestNames {

    private final int most;
    private final AtomicReference<SequencedSet<String>> names =
            new AtomicReference<>(new LinkedHashSet<>()); // replaced, never changed

    NewestNames(int most) {
        this.most = most;
    }

    boolean contains(String name) {
        return names.get().contains(name);
    }

    void add(String name) {
        names.updateAndGet(before -> before.contains(name) ? before : with(before, name));
    }

    private SequencedSet<String> with(SequencedSet<String> before, String name) {
        SequencedSet<String> after = new LinkedHashSet<>(before);
        after.add(name);
        if (after.size() > most) {
            after.removeFirst();
        }
        return after;
    }
}
