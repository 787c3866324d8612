package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words by which servers say that they ran out of memory, however they are spelt and wherever they stand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutOfMemoryTest {

    private static FailureKind kind(int status, String text) {
        return ErrorRules.shared().read(status, text).kind();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "out of memory                     | runner: out of memory",
                "cuda out of memory                | CUDA out of memory. Tried to allocate 2.00 GiB",
                "metal out of memory               | Metal out of memory (command buffer 3)",
                "insufficient memory               | kIOGPUCommandBufferCallback: Insufficient Memory",
                "model requires more system memory | model requires more system memory (9.2 GiB) than is available (4.0 GiB)",
                "failed to allocate                | llama_kv_cache: failed to allocate buffer for kv cache",
                "failed to load model              | failed to load model: cudaMalloc failed: out of memory",
                "ggml_cuda_host_malloc             | ggml_cuda_host_malloc: 1024.00 MiB of pinned memory: invalid argument",
                "oom                               | killed by the OOM killer"
            })
    void every_text_that_says_so_is_heard(String words, String text) {
        assertThat(text).containsIgnoringCase(words);
        assertThat(kind(500, text)).isEqualTo(FailureKind.OUT_OF_MEMORY);
        assertThat(kind(200, "{\"error\":{\"message\":\"%s\"}}".formatted(text)))
                .as("as an error frame inside a 200")
                .isEqualTo(FailureKind.OUT_OF_MEMORY);
        assertThat(kind(500, "x ".repeat(1_000) + text))
                .as("at the end of a long text")
                .isEqualTo(FailureKind.OUT_OF_MEMORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"there is no room left in the queue", "the bloom filter is full", "zoom level not allowed"})
    void a_part_of_a_word_says_nothing(String text) {
        assertThat(kind(500, text)).isNotEqualTo(FailureKind.OUT_OF_MEMORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed to load model", "failed to load model: unknown architecture"})
    void a_model_that_was_not_loaded_for_another_reason_is_not_there(String text) {
        assertThat(kind(500, text)).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }
}
