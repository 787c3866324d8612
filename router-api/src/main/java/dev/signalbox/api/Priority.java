package dev.signalbox.api;

import java.util.Locale;
import java.util.Optional;

/** Who is asked first in the waiting room, best first. Whoever waits long rises, so that nobody is starved. */
public enum Priority {
    FOREGROUND,
    NORMAL,
    BACKGROUND;

    /** The name in configuration and headers, such as {@code background}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The priority of that name, compared without case; empty if there is none. */
    public static Optional<Priority> of(String id) {
        for (Priority priority : values()) {
            if (priority.id().equalsIgnoreCase(id.strip())) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }

    /** The next better one; itself if there is none. */
    public Priority risen() {
        return this == BACKGROUND ? NORMAL : FOREGROUND;
    }
}
