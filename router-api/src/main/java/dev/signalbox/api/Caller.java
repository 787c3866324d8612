package dev.signalbox.api;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name the name of the API key, or {@code anonymous}
 * @param scopes what the caller may do beyond asking models, such as {@code admin}
 */
public record Caller(String name, Set<String> scopes) {

    /** Everybody, where no callers are configured. */
    public static final Caller ANONYMOUS = new Caller("anonymous", Set.of());

    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
