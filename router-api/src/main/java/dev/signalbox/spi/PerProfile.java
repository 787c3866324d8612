package dev.signalbox.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a guard makes of its options in each profile, worked out once for each and not whenever a target is judged. Any
 * thread may ask; nobody waits.
 */
public final class PerProfile<T> {

    /** Of more it forgets all, which come from configurations that hold no more. */
    private static final int MOST = 64;

    private final Function<PluginConfig, T> reading;
    private volatile List<Read<T>> known = List.of(); // a copy takes its place; what is lost in a race is read again

    private record Read<T>(PluginConfig settings, T meaning) {}

    /**
     * Nothing is read yet.
     *
     * @param reading a pure function
     */
    public PerProfile(Function<PluginConfig, T> reading) {
        this.reading = reading;
    }

    /** What these options mean. */
    @SuppressWarnings("ReferenceEquality") // those of a profile stay the same object; others are only read again
    public T of(PluginConfig settings) {
        // Asked for each target of each request: an iterator costs more than this.
        List<Read<T>> all = known;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).settings() == settings) {
                return all.get(i).meaning();
            }
        }
        T meaning = reading.apply(settings);
        List<Read<T>> more = known.size() < MOST ? new ArrayList<>(known) : new ArrayList<>();
        more.add(new Read<>(settings, meaning));
        known = List.copyOf(more);
        return meaning;
    }
}
