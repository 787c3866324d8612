package dev.signalbox.server.ingress;

/**
 * How tasks are served, where a router has task routing.
 *
 * @param prefix what their paths begin with; {@code /} where nothing else is served
 * @param batchItems how many tasks a batch may have
 * @param batchAtOnce how many of them are done at once
 */
public record TaskSettings(String prefix, int batchItems, int batchAtOnce) {

    /** Beside the other APIs. */
    public static final TaskSettings DEFAULT = new TaskSettings("/tasks", 100, 1);

    /** The same at another prefix. */
    public TaskSettings at(String other) {
        return new TaskSettings(other, batchItems, batchAtOnce);
    }

    /** A path below the prefix. */
    String path(String rest) {
        return prefix.equals("/") ? rest : prefix + rest;
    }
}
