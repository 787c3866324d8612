package dev.signalbox.core.translate;

import java.util.Optional;

/** A request has a value that means nothing in its dialect. Its message says where, what was seen and what would be right. */
public final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String code;

    Malformed(String path, String message) {
        this(path, "invalid_value", message);
    }

    /** That code, a stable word for programs. */
    Malformed(String path, String code, String message) {
        super(path + ": " + message);
        this.path = path;
        this.code = code;
    }

    /** Where: {@code messages[3].content[0].type}. */
    public String path() {
        return path;
    }

    /** The same, unless the request as a whole is wrong. */
    public Optional<String> member() {
        return Optional.of(path).filter(where -> !where.equals(Spot.WHOLE));
    }

    /** A stable word such as {@code invalid_value}. */
    public String code() {
        return code;
    }
}
