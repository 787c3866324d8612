package dev.signalbox.testkit;

import java.util.List;

/**
 * A model that a scripted {@code llama-server} in router mode can load.
 *
 * @param name the name under which it is listed
 * @param aliases other names that it is asked for by
 * @param context tokens that fit into each of its slots once it is loaded
 * @param exitCode what its process ends with instead of loading; 0 if it loads
 */
public record LlamaModel(String name, List<String> aliases, int context, int exitCode) {

    public LlamaModel {
        aliases = List.copyOf(aliases);
    }

    /** A model of 4,096 tokens that loads. */
    public static LlamaModel named(String name) {
        return new LlamaModel(name, List.of(), 4096, 0);
    }

    /** The same model, also asked for by these names. */
    public LlamaModel aliased(String... names) {
        return new LlamaModel(name, List.of(names), context, exitCode);
    }

    /** The same model with another context. */
    public LlamaModel holding(int tokens) {
        return new LlamaModel(name, aliases, tokens, exitCode);
    }

    /** The same model from a broken file: loading it is confirmed at once, and then its process ends. */
    public LlamaModel broken() {
        return new LlamaModel(name, aliases, context, 1);
    }
}
