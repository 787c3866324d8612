package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names mean what Ollama takes them for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "qwen3:8b, qwen3:8b, true",
        "Qwen3:8B, qwen3:8b, true",
        "mistral, mistral:latest, true",
        "mistral:latest, mistral, true",
        "Mistral, mistral:LATEST, true",
        "qwen3, qwen3:8b, false",
        "qwen3:latest, qwen3:8b, false",
        "qwen3:8b, qwen3:8b:latest, false",
        "registry.local:5000/team/mistral, registry.local:5000/team/mistral:latest, true",
        "hf.co/org/model:Q4_K_M, HF.co/Org/Model:q4_k_m, true"
    })
    void case_does_not_matter_and_latest_is_implied(String one, String other, boolean same) {
        assertThat(Names.same(one, other)).isEqualTo(same);
        assertThat(Names.same(other, one)).isEqualTo(same);
    }
}
