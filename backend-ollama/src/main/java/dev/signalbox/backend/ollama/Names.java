package dev.signalbox.backend.ollama;

/** Names of models as Ollama compares them: without case, and without a tag it is {@code latest}. */
final class Names {

    private static final String LATEST = ":latest";

    private Names() {}

    /** Whether two names mean one model. */
    static boolean same(String one, String other) {
        return one.equalsIgnoreCase(other)
                || (!hasTag(one) && (one + LATEST).equalsIgnoreCase(other))
                || (!hasTag(other) && (other + LATEST).equalsIgnoreCase(one));
    }

    /** A colon before the last slash belongs to the port of a registry. */
    private static boolean hasTag(String name) {
        return name.indexOf(':', name.lastIndexOf('/') + 1) >= 0;
    }
}
