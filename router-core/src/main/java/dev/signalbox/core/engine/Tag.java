package dev.signalbox.core.engine;

import java.util.Locale;
import java.util.Optional;

/** The tag that goes without saying among clients of Ollama's dialects: some say it after every name. */
final class Tag {

    private static final String LATEST = ":latest";

    private Tag() {}

    /** The name without it; empty if it has none. */
    static Optional<String> off(String name) {
        int end = name.length() - LATEST.length();
        return end > 0 && name.toLowerCase(Locale.ROOT).endsWith(LATEST)
                ? Optional.of(name.substring(0, end))
                : Optional.empty();
    }
}
