package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.List;

/**
 * A model that a scripted Ollama has on disk.
 *
 * @param name with its tag, such as {@code qwen3:8b}
 * @param size bytes on disk; loaded it takes a quarter more
 * @param context tokens it was trained for
 * @param capabilities of {@code completion tools vision embedding thinking}
 */
public record OllamaModel(String name, long size, int context, List<String> capabilities) {

    private static final long DEFAULT_SIZE = 5_000_000_000L;

    public OllamaModel {
        capabilities = List.copyOf(capabilities);
    }

    /** A model of 5 GB for 40,960 tokens that chats, calls tools and thinks. */
    public static OllamaModel named(String name) {
        return new OllamaModel(name, DEFAULT_SIZE, 40_960, List.of("completion", "tools", "thinking"));
    }

    /** The same model of another size on disk. */
    public OllamaModel sized(long bytes) {
        return new OllamaModel(name, bytes, context, capabilities);
    }

    /** The same model with other capabilities. */
    public OllamaModel able(String... words) {
        return new OllamaModel(name, size, context, List.of(words));
    }

    /** What it takes when it is loaded. */
    long memory() {
        return size + size / 4;
    }

    boolean can(String capability) {
        return capabilities.contains(capability);
    }

    Verbatim tag() {
        return Json.object(
                "name",
                name,
                "model",
                name,
                "modified_at",
                "2026-08-01T10:00:00.1+02:00",
                "size",
                size,
                "digest",
                digest(),
                "details",
                details(),
                "capabilities",
                capabilities);
    }

    Verbatim resident(int contextNow) {
        long memory = memory();
        return Json.object(
                "name",
                name,
                "model",
                name,
                "size",
                memory,
                "digest",
                digest(),
                "details",
                details(),
                "expires_at",
                "2026-08-22T10:05:00+02:00",
                "size_vram",
                memory,
                "context_length",
                contextNow);
    }

    Verbatim shown() {
        return Json.object(
                "modelfile",
                "",
                "parameters",
                "temperature                    0.6\nnum_ctx                        8192",
                "template",
                "{{ .Prompt }}",
                "details",
                details(),
                "model_info",
                info(),
                "capabilities",
                capabilities,
                "modified_at",
                "2026-08-01T10:00:00.1+02:00");
    }

    private Verbatim info() {
        return Json.object(
                "general.architecture",
                "qwen3",
                "general.basename",
                "Qwen3",
                "general.parameter_count",
                8_190_735_360L,
                "qwen3.context_length",
                context,
                "qwen3.block_count",
                36,
                "qwen3.embedding_length",
                4096,
                "qwen3.attention.head_count_kv",
                8,
                "qwen3.attention.key_length",
                128,
                "tokenizer.ggml.tokens",
                Json.NULL);
    }

    private Verbatim details() {
        return Json.object(
                "parent_model",
                "",
                "format",
                "gguf",
                "family",
                "qwen3",
                "families",
                List.of("qwen3"),
                "parameter_size",
                "8.2B",
                "quantization_level",
                "Q4_K_M");
    }

    private String digest() {
        return "%016x".formatted(0x9E3779B97F4A7C15L * name.hashCode());
    }
}
