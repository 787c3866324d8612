package dev.signalbox.api;

/**
 * A name clients may write in {@code model}.
 *
 * @param id the name
 * @param kind what it names
 * @param target the first target it leads to, with what is known of the model; for a target, itself
 * @param backend the backend's name; empty for a name that leads nowhere yet
 */
public record ModelEntry(String id, Kind kind, ModelInfo target, String backend) {

    /** What a name names. */
    public enum Kind {
        TARGET,
        ALIAS,
        PROFILE
    }
}
