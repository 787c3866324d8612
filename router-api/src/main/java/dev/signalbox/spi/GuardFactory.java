package dev.signalbox.spi;

import java.util.List;

/** Makes guards of one type. {@link #options} are for {@code guards.<type>}. */
public interface GuardFactory extends PluginFactory<Guard> {

    /** What {@code profiles.<p>.guards.<type>} may say. */
    default List<Option<?>> profileOptions() {
        return List.of();
    }

    /**
     * Notes what is right option by option and does not fit together. Called when a configuration is read, once with a
     * profile that says nothing and once for each profile that says something of the guard.
     *
     * @param general the values of {@link #options}
     * @param profile the values of {@link #profileOptions} that a profile gives
     */
    default void check(PluginConfig general, PluginConfig profile, Problems problems) {}

    /** Whether the guard is active where configuration does not name it. */
    default boolean onByDefault() {
        return false;
    }
}
