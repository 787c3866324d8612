package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "/srv/models/qwen3-8b-q4_k_m.gguf, qwen3-8b-q4_k_m",
        "models/Qwen3.GGUF, Qwen3",
        "C:\\models\\qwen3.gguf, qwen3",
        "qwen3.gguf, qwen3",
        "qwen3, qwen3",
        "ggml-org/gemma-3-4b-it-GGUF:Q4_K_M, ggml-org/gemma-3-4b-it-GGUF:Q4_K_M",
        "/srv/models/.gguf, /srv/models/.gguf",
        "'', ''"
    })
    void a_model_is_called_as_its_file_is_and_not_where_it_lies(String id, String name) {
        assertThat(FileNames.modelOf(id)).isEqualTo(name);
    }
}
