package dev.signalbox.api;

/**
 * What an attempt is made against: one model of one backend, written {@code backend/model}.
 *
 * @param backend the configured name of the backend, without a slash
 * @param model the model's name as that backend knows it; may contain slashes and colons
 */
public record Target(String backend, String model) {

    public Target {
        if (backend.isEmpty() || backend.indexOf('/') >= 0 || model.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"%s/%s\" is not a target such as gpu/qwen3:8b".formatted(backend, model));
        }
    }

    /**
     * Reads {@code backend/model}, split at the first slash.
     *
     * @throws IllegalArgumentException if there is no slash or nothing on one of its sides
     */
    public static Target of(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException("\"%s\" is not a target such as gpu/qwen3:8b".formatted(text));
        }
        return new Target(text.substring(0, slash), text.substring(slash + 1));
    }

    /** {@code backend/model}. */
    @Override
    public String toString() {
        return backend + "/" + model;
    }
}
