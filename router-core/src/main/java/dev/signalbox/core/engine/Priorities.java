package dev.signalbox.core.engine;

import dev.signalbox.api.Headers;
import dev.signalbox.core.room.Priority;
import java.util.Locale;

/** What {@code X-Signalbox-Priority} says. */
final class Priorities {

    private Priorities() {}

    static Priority of(Headers headers) {
        return switch (headers.first("X-Signalbox-Priority").orElse("").strip().toLowerCase(Locale.ROOT)) {
            case "foreground" -> Priority.FOREGROUND;
            case "background" -> Priority.BACKGROUND;
            default -> Priority.NORMAL;
        };
    }
}
