package dev.signalbox.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One change to a request body, in the client's dialect. Everything an edit does not name keeps its bytes.
 *
 * <p>A pointer means the body as the client sent it, whatever other edits are made: an index names the element that
 * stood there before any edit. Of two edits of one place the later one wins.
 *
 * @param action what happens at the pointer
 * @param pointer a JSON Pointer (RFC 6901) to a member or array element
 * @param json the new value, or the new name, as JSON text; empty for {@code REMOVE}
 * @param drops what the client loses by it, in a word or two, such as {@code seed}; empty if nothing
 */
public record Edit(Action action, String pointer, String json, Optional<String> drops) {

    /** What an edit does at its pointer. */
    public enum Action {
        /** Gives an existing member or element a new value; does nothing if it is not there. */
        REPLACE,
        /** Takes a member or element out; does nothing if it is not there. */
        REMOVE,
        /** Adds a member that is not there yet, or an element before the one at that index ({@code -} is the end). */
        INSERT,
        /**
         * Gives an existing member another name and keeps its value's bytes; does nothing if it is not there, or something
         * of that name is. Other edits still find it by the name it came with.
         */
        RENAME
    }

    public Edit {
        requireNonNull(action, "action");
        requireNonNull(drops, "drops");
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException("\"%s\" is not a JSON Pointer such as /model".formatted(pointer));
        }
        if (json.isEmpty() != (action == Action.REMOVE)) {
            throw new IllegalArgumentException("%s at %s with the value \"%s\"".formatted(action, pointer, json));
        }
    }

    /** Gives what is at the pointer a new value. */
    public static Edit replace(String pointer, String json) {
        return new Edit(Action.REPLACE, pointer, json, Optional.empty());
    }

    /** Takes out what is at the pointer. */
    public static Edit remove(String pointer) {
        return new Edit(Action.REMOVE, pointer, "", Optional.empty());
    }

    /** Adds a member or element. */
    public static Edit insert(String pointer, String json) {
        return new Edit(Action.INSERT, pointer, json, Optional.empty());
    }

    /** Gives the member at the pointer that name. */
    public static Edit rename(String pointer, String name) {
        return new Edit(Action.RENAME, pointer, JsonText.quote(name), Optional.empty());
    }

    /** The same edit, said to lose something that the client asked for. */
    public Edit dropping(String what) {
        return new Edit(action, pointer, json, Optional.of(what));
    }

    /** What happens and where, without the value, which may be long or private. */
    @Override
    public String toString() {
        return action.name().toLowerCase(java.util.Locale.ROOT) + " " + pointer;
    }
}
