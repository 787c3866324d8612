package dev.signalbox.core.translate;

/** A request has a value that means nothing in its dialect. Its message says where, what was seen and what would be right. */
public final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String path;

    Malformed(String path, String message) {
        super(path + ": " + message);
        this.path = path;
    }

    /** Where: {@code messages[3].content[0].type}. */
    public String path() {
        return path;
    }
}
