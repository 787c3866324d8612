package dev.signalbox.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/** How much a model remembers of each token: a key and a value in every layer, for every head, in two bytes a number. */
final class KeyValues {

    private static final long BYTES_A_NUMBER = 2;
    private static final long MOST_LAYERS = 10_000;
    private static final long MOST_HEADS = 10_000;
    private static final long LARGEST_HEAD = 100_000;

    private KeyValues() {}

    /** Reads {@code model_info}; empty where layers differ from each other, or it tells too little. */
    static OptionalLong bytesPerToken(JsonNode info) {
        String prefix = info.path("general.architecture").asText("") + ".";
        long layers = number(info.path(prefix + "block_count"), MOST_LAYERS);
        long heads = number(info.path(prefix + "attention.head_count_kv"), MOST_HEADS);
        long head = head(info, prefix);
        long bytes = 2 * layers * heads * head * BYTES_A_NUMBER;
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private static long head(JsonNode info, String prefix) {
        long told = number(info.path(prefix + "attention.key_length"), LARGEST_HEAD);
        long heads = number(info.path(prefix + "attention.head_count"), MOST_HEADS);
        return told > 0 || heads == 0
                ? told
                : number(info.path(prefix + "embedding_length"), LARGEST_HEAD * MOST_HEADS) / heads;
    }

    private static long number(JsonNode node, long most) {
        return node.isIntegralNumber() ? Math.clamp(node.asLong(), 0, most) : 0;
    }
}
