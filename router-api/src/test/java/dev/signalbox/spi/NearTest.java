package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NearTest {

    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "abc, acb, 1",
        "'', abc, 3",
        "same, same, 0",
        "ab, ba, 1",
        "keep-alve, keep-alive, 1"
    })
    void counts_insertions_removals_changes_and_swaps(String a, String b, int edits) {
        assertThat(Near.distance(a, b)).isEqualTo(edits);
        assertThat(Near.distance(b, a)).isEqualTo(edits);
    }

    @Test
    void names_the_nearest_first_and_three_at_most() {
        assertThat(Near.names("qwen3", List.of("qwen2", "Qwen3", "gemma", "qwen33", "qwen", "llama")))
                .containsExactly("Qwen3", "qwen", "qwen2");
    }

    @Test
    void lists_what_is_known_if_nothing_is_near() {
        assertThat(Near.hint("zzzzzz", List.of("b", "a"))).isEqualTo("Known: a, b.");
        assertThat(Near.hint("x", List.of())).isEqualTo("None is known.");
    }

    @Test
    void lists_a_dozen_at_most() {
        List<String> many =
                IntStream.range(0, 100).mapToObj(i -> "model-%03d".formatted(i)).toList();
        assertThat(Near.hint("somethingelseentirely", many))
                .endsWith("model-011 …")
                .doesNotContain("model-012");
    }

    @Test
    void is_not_slowed_down_by_a_name_of_a_megabyte() {
        assertThat(Near.names("x".repeat(1 << 20), List.of("y".repeat(1 << 20))))
                .isEmpty();
    }

    @Test
    void a_long_name_is_near_only_to_one_with_few_mistakes() {
        String name = "abcdefghij".repeat(9);
        assertThat(Near.names(name.replace("d", "").replace("e", ""), List.of(name, name + name)))
                .containsExactly(name);
        assertThat(Near.names(name.replace("d", "x").replace("e", "x").replace("f", "x"), List.of(name)))
                .as("27 mistakes are too many, however long it is")
                .isEmpty();
    }
}
