package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PluginConfigTest {

    private static final Option<String> NAME = Option.text("name");
    private static final Option<Long> PLACES = Option.integer("places", 1, 10).orElse(2L);
    private static final Option<Optional<String>> KEY =
            Option.text("key").secret().optional();
    private static final List<Option<?>> OPTIONS = List.of(NAME, PLACES, KEY);
    private static final Where WHERE = new Where("signalbox.yaml", 3, "gates.one");

    private final Problems problems = new Problems();

    private PluginConfig read(Map<String, String> values) {
        return PluginConfig.read(
                OPTIONS, ConfigNode.Table.of(WHERE, new LinkedHashMap<>(values)), "an option of a gate", problems);
    }

    @Test
    void gives_what_was_written_and_else_the_default() {
        PluginConfig config = read(Map.of("name", "studio"));
        assertThat(problems.isEmpty()).isTrue();
        assertThat(config.get(NAME)).isEqualTo("studio");
        assertThat(config.get(PLACES)).isEqualTo(2);
        assertThat(config.get(KEY)).isEmpty();
        assertThat(config.has(NAME)).isTrue();
        assertThat(config.has(PLACES)).isFalse();
    }

    @Test
    void tells_an_unknown_key_with_the_nearest_known_one() {
        read(Map.of("name", "studio", "plaecs", "3"));
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).hasToString("signalbox.yaml:3  gates.one.plaecs");
            assertThat(problem.message()).isEqualTo("not an option of a gate. Did you mean \"places\"?");
        });
    }

    @Test
    void tells_a_required_option_that_is_missing() {
        read(Map.of());
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.where().path()).isEqualTo("gates.one.name");
            assertThat(problem.message()).isEqualTo("missing: needs text");
        });
    }

    @Test
    void lets_code_set_values_and_keeps_the_old_ones() {
        PluginConfig before = read(Map.of("name", "studio"));
        PluginConfig after = before.with(PLACES, 5L).withPresent(KEY, "k");
        assertThat(after.get(PLACES)).isEqualTo(5);
        assertThat(after.get(KEY)).contains("k");
        assertThat(before.get(PLACES)).isEqualTo(2);
    }

    @Test
    void refuses_an_option_it_does_not_have() {
        PluginConfig config = read(Map.of("name", "studio"));
        assertThatThrownBy(() -> config.get(Option.text("other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no option other");
    }

    @Test
    void is_equal_to_another_that_says_the_same() {
        assertThat(read(Map.of("name", "a")))
                .isEqualTo(read(Map.of("name", "a")))
                .hasSameHashCodeAs(read(Map.of("name", "a")))
                .isNotEqualTo(read(Map.of("name", "b")));
    }

    @Test
    void shows_no_values() {
        assertThat(read(Map.of("name", "studio", "key", "sk-secret")))
                .asString()
                .doesNotContain("sk-secret", "studio");
    }

    @Test
    void knows_what_is_never_to_be_shown_wherever_it_stands() {
        Option<Map<String, String>> headers =
                Option.mapOf("headers", Option.text("value").secret()).orElse(Map.of());
        Option<List<String>> others =
                Option.listOf("others", Option.text("one")).secret();
        Option<Optional<PluginConfig>> group =
                Option.group("group", List.of(NAME, KEY)).optional();
        PluginConfig inner = PluginConfig.of(List.of(NAME, KEY), WHERE.child("group"))
                .with(NAME, "shown too")
                .withPresent(KEY, "inner");
        PluginConfig config = PluginConfig.of(List.of(NAME, PLACES, KEY, headers, others, group), WHERE)
                .with(NAME, "shown")
                .with(headers, Map.of("x-key", "header"))
                .withPresent(group, inner);

        assertThat(config.secrets()).containsExactlyInAnyOrder("header", "inner");
        assertThat(config.withPresent(KEY, "outer")
                        .with(others, List.of("one", "two"))
                        .secrets())
                .containsExactlyInAnyOrder("outer", "header", "one", "two", "inner");
    }

    @Test
    void lists_every_problem_at_once_by_line() {
        problems.add(new Where("b.yaml", 9, "x"), "second");
        problems.add(new Where("b.yaml", 2, "y"), "first");
        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The configuration has 2 problems.%n%n  b.yaml:2  y%n    first%n  b.yaml:9  x%n    second"
                        .formatted());
    }

    @Test
    void holds_code_to_the_bounds_of_a_file() {
        Option<List<String>> words =
                Option.listOf("words", Option.word("word", List.of("a", "b"))).orElse(List.of());
        Option<Map<String, Long>> sizes =
                Option.mapOf("sizes", Option.size("size", 1, 1024)).orElse(Map.of());
        Option<Optional<Long>> pin = Option.integer("pin", 0, 9).secret().optional();
        Option<Optional<PluginConfig>> group =
                Option.group("group", List.of(PLACES)).optional();
        Option<URI> uri = Option.uri("uri").orElse(URI.create("http://localhost"));
        PluginConfig.of(List.of(NAME, PLACES, words, sizes, pin, group, uri), WHERE)
                .with(PLACES, 11L)
                .with(words, List.of("a", "c"))
                .with(sizes, Map.of("x", 2048L))
                .withPresent(pin, 1234L)
                .withPresent(
                        group,
                        PluginConfig.of(List.of(PLACES), WHERE.child("group")).with(PLACES, 0L))
                .with(uri, URI.create("ftp://localhost"))
                .check(problems);
        assertThat(problems.list())
                .extracting(problem -> problem.where().path() + ": " + problem.message())
                .containsExactlyInAnyOrder(
                        "gates.one.name: missing: needs text",
                        "gates.one.places: \"11\" is not a whole number, 1 to 10",
                        "gates.one.words[2]: \"c\" is not one of a, b",
                        "gates.one.sizes.x: \"2KiB\" is not a size such as 64KiB, 1 to 1KiB",
                        "gates.one.pin: not a whole number, 0 to 9 (the value is secret)",
                        "gates.one.group.places: \"0\" is not a whole number, 1 to 10",
                        "gates.one.uri: \"ftp://localhost\" is not an absolute URI such as http://localhost:11434");
    }
}
