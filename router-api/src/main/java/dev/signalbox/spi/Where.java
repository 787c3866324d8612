package dev.signalbox.spi;

/**
 * A place in a configuration.
 *
 * @param file the file as the user named it; empty for what code set
 * @param line the line, from 1; 0 if there is none
 * @param path the keys that lead there, such as {@code backends.gpu.base-url}
 */
public record Where(String file, int line, String path) {

    /** What code set. */
    public static Where code(String path) {
        return new Where("", 0, path);
    }

    /** The place of a member. */
    public Where child(String key) {
        return new Where(file, line, path.isEmpty() ? key : path + "." + key);
    }

    /** {@code signalbox.yaml:14  backends.gpu.base-url}. */
    @Override
    public String toString() {
        String at = file.isEmpty() ? "" : line > 0 ? file + ":" + line : file;
        return at.isEmpty() ? path : path.isEmpty() ? at : at + "  " + path;
    }
}
