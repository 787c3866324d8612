package dev.signalbox.core.dialect;

import java.util.StringJoiner;

/**
 * What the operator does to the system prompts of requests. Each may be empty, and then does nothing.
 *
 * @param replace what stands in its place
 * @param prepend what stands before it
 * @param append what stands after it
 */
public record Directive(String replace, String prepend, String append) {

    /** Leaves it as it is. */
    public static final Directive NONE = new Directive("", "", "");

    /** Adds an instruction at its end. */
    static Directive appending(String text) {
        return new Directive("", "", text);
    }

    /** Whether it changes anything. */
    public boolean changes() {
        return !equals(NONE);
    }

    /** This one, and another one on what this one has made. */
    public Directive then(Directive next) {
        if (!next.changes()) {
            return this;
        }
        return next.replace.isEmpty()
                ? new Directive(replace, joined(next.prepend, prepend), joined(append, next.append))
                : next;
    }

    /** What it makes of nothing. */
    String alone() {
        return joined(prepend, replace, append);
    }

    /** Texts as paragraphs. */
    static String joined(String... texts) {
        StringJoiner paragraphs = new StringJoiner("\n\n");
        for (String text : texts) {
            if (!text.isEmpty()) {
                paragraphs.add(text);
            }
        }
        return paragraphs.toString();
    }
}
