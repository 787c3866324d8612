package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has a server of some kind finds the same five things about it, at the same place. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RuntimePagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"anthropic", "llamacpp", "mlx", "ollama", "openai-compatible", "vllm"})
    void a_page_says_how_to_start_it_point_at_it_what_is_found_what_to_set_and_what_it_cannot_do(String page)
            throws Exception {
        assertThat(Files.readAllLines(Path.of("../docs/guide").resolve(page + ".md")))
                .filteredOn(line -> line.startsWith("## "))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("## Start the server"),
                        line -> assertThat(line).isEqualTo("## Point Signalbox at it"),
                        line -> assertThat(line).isEqualTo("## What is detected"),
                        line -> assertThat(line).isEqualTo("## What to set"),
                        line -> assertThat(line).matches("## Known limits of (this|these) (server|servers|runtime)"));
    }
}
