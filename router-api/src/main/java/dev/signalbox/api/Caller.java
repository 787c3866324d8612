package dev.signalbox.api;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name the name of the API key, or {@code anonymous}
 * @param scopes what the caller may do beyond asking models, such as {@code admin}
 * @param priority how urgent the caller's requests are if nothing else says so; empty if nothing is said
 */
public record Caller(String name, Set<String> scopes, Optional<Priority> priority) {

    /** Everybody, where no callers are configured. */
    public static final Caller ANONYMOUS = new Caller("anonymous", Set.of());

    /** A caller of no priority of its own. */
    public Caller(String name, Set<String> scopes) {
        this(name, scopes, Optional.empty());
    }

    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
