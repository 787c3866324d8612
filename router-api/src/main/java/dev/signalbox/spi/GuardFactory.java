package dev.signalbox.spi;

import java.util.List;

/** Makes guards of one type. {@link #options} are for {@code guards.<type>}. */
public interface GuardFactory extends PluginFactory<Guard> {

    /** What {@code profiles.<p>.guards.<type>} may say. */
    default List<Option<?>> profileOptions() {
        return List.of();
    }

    /** Whether the guard is active where configuration does not name it. */
    default boolean onByDefault() {
        return false;
    }
}
