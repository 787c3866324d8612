package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OptionTest {

    private static final Where HERE = new Where("/etc/signalbox/signalbox.yaml", 7, "backends.gpu.key");

    private final Problems problems = new Problems();

    private <T> Optional<T> read(Option<T> option, String text) {
        return option.read(new ConfigNode.Text(HERE, text), problems);
    }

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "30s, PT30S",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "7d, PT168H",
        "0, PT0S",
        "0.0000019ms, PT0.000000001S",
        "1.999999999d, PT47H59M59.9999136S"
    })
    void reads_durations_as_people_write_them(String text, Duration meant) {
        assertThat(read(Option.duration("wait", Duration.ZERO, Duration.ofDays(30)), text))
                .contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10 q", "-1s", "1e3s", "", "s", "999999999d999999999d"})
    void takes_nothing_else_for_a_duration(String text) {
        assertThat(read(Option.duration("wait", Duration.ZERO, Duration.ofDays(30)), text))
                .isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.message()).contains("is not a duration such as 30s, 0s to 30d"));
    }

    @ParameterizedTest
    @CsvSource({
        "512, 512",
        "64KiB, 65536",
        "64 kib, 65536",
        "1.5GiB, 1610612736",
        "19GB, 19000000000",
        "2m, 2000000",
        "1.000001KiB, 1024",
        "0.999999TiB, 1099510528264"
    })
    void reads_sizes_as_people_write_them(String text, long meant) {
        assertThat(read(Option.size("memory", 0, Long.MAX_VALUE), text)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64ib", "-1", "lots", "999999999999999TiB", "1..5GB"})
    void takes_nothing_else_for_a_size(String text) {
        assertThat(read(Option.size("memory", 0, Long.MAX_VALUE), text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"on, true", "Yes, true", "TRUE, true", "off, false", "no, false", "False, false"})
    void reads_flags_in_all_their_words(String text, boolean meant) {
        assertThat(read(Option.flag("spill"), text)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "y", "nope", ""})
    void takes_no_other_word_for_a_flag(String text) {
        assertThat(read(Option.flag("spill"), text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "100, true",
        "0, false",
        "101, false",
        "1.0, false",
        "0x10, false",
        "99999999999999999999, false"
    })
    void bounds_whole_numbers_at_both_ends(String text, boolean taken) {
        assertThat(read(Option.integer("attempts", 1, 100), text).isPresent()).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1e400", "2", "-0.1", "1d", "0x1p3"})
    void takes_no_number_that_is_none_or_out_of_bounds(String text) {
        assertThat(read(Option.decimal("share", 0, 1), text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:11434",
                "ftp://localhost",
                "http://",
                "http:///x",
                "http://me:secret@host",
                "http://host:99999",
                "http://a b"
            })
    void takes_only_an_absolute_uri_of_http_without_user_info(String text) {
        assertThat(read(Option.uri("base-url"), text)).isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .endsWith("is not an absolute URI such as http://localhost:11434")
                        .doesNotContain("secret"));
    }

    @Test
    void reads_a_uri() {
        assertThat(read(Option.uri("base-url"), " https://gpu.local:8000/v1 "))
                .contains(URI.create("https://gpu.local:8000/v1"));
    }

    @ParameterizedTest
    @CsvSource({
        ">= 0.3, 0.3, true",
        ">= 0.3, 0.29, false",
        "0.3, 0.3, true",
        "< 10, 10, false",
        "<=10, 10, true",
        "= 2, 2, true",
        "> 1, 1, false"
    })
    void compares(String text, double seen, boolean holds) {
        Comparison comparison = read(Option.comparison("ratio", 0, 100), text).orElseThrow();
        assertThat(comparison.holds(seen)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ">=", "=> 1", "1 2", ">= 101", ">= x"})
    void takes_nothing_else_for_a_comparison(String text) {
        assertThat(read(Option.comparison("ratio", 0, 100), text)).isEmpty();
    }

    @Test
    void reads_the_names_of_an_enum_in_kebab_case() {
        Option<FailureKind> option = Option.choice("kind", FailureKind.class);
        assertThat(read(option, "out-of-memory")).contains(FailureKind.OUT_OF_MEMORY);
        assertThat(read(option, "OUT_OF_MEMORY")).isEmpty();
        assertThat(option.type()).startsWith("one of unreachable, loading, timed-out");
    }

    @Test
    void tells_the_nearest_of_its_words() {
        assertThat(read(Option.word("wants", List.of("json-schema", "reasoning")), "json-shema"))
                .isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo(
                                "\"json-shema\" is not one of json-schema, reasoning. Did you mean \"json-schema\"?"));
    }

    @Test
    void lets_its_owner_read_and_say_what_would_be_right() {
        Option<Integer> even = Option.parsed("even", "an even number", text -> {
            if (Integer.parseInt(text) % 2 != 0) {
                throw new IllegalArgumentException("one more would be");
            }
            return Integer.parseInt(text);
        });

        assertThat(read(even, " 8 ")).contains(8);
        assertThat(read(even, "7")).isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).isEqualTo("\"7\" is not an even number: one more would be"));
        assertThat(even.read(ConfigNode.Table.empty(HERE), problems)).isEmpty();
    }

    @Test
    void takes_the_first_member_of_a_group_alone_or_in_a_table() {
        Option<Long> is = Option.integer("is", 0, 9).doc("How many.");
        Option<Boolean> strict = Option.flag("strict").orElse(false).doc("How.");
        Option<PluginConfig> option = Option.groupOrFirst("count", is, strict);

        assertThat(read(option, "7").orElseThrow().get(is)).isEqualTo(7);
        PluginConfig table = option.read(ConfigNode.Table.of(HERE, Map.of("is", "7", "strict", "yes")), problems)
                .orElseThrow();
        assertThat(table.get(is)).isEqualTo(7);
        assertThat(table.get(strict)).isTrue();
        assertThat(problems.isEmpty()).isTrue();
        assertThat(option.members()).hasSize(2);
    }

    @Test
    void tells_what_is_wrong_in_a_group_that_may_be_its_first_member() {
        Option<PluginConfig> option = Option.groupOrFirst(
                "count", Option.integer("is", 0, 9), Option.flag("strict").orElse(false));

        assertThat(read(option, "10")).isEmpty();
        assertThat(option.read(ConfigNode.Table.of(HERE, Map.of("strikt", "yes")), problems))
                .isEmpty();
        assertThat(problems.list())
                .extracting(Problems.Problem::message)
                .containsExactly(
                        "\"10\" is not a whole number, 0 to 9",
                        "not an option here. Did you mean \"strict\"?",
                        "missing: needs a whole number, 0 to 9");
    }

    @Test
    void means_a_relative_path_from_the_folder_of_the_file() {
        assertThat(read(Option.file("trust-store"), "certs/ca.pem")).contains(Path.of("/etc/signalbox/certs/ca.pem"));
        assertThat(read(Option.file("trust-store"), "/ca.pem")).contains(Path.of("/ca.pem"));
        assertThat(read(Option.file("trust-store"), "~/ca.pem"))
                .contains(Path.of(System.getProperty("user.home"), "ca.pem"));
        assertThat(read(Option.file("trust-store"), "a\0b")).isEmpty();
    }

    @Test
    void lets_a_single_item_stand_without_brackets() {
        assertThat(read(Option.listOf("of", Option.text("name")), "gpu")).contains(List.of("gpu"));
    }

    @Test
    void tells_every_item_of_a_list_that_is_wrong() {
        Option<List<Long>> option = Option.listOf("sizes", Option.integer("size", 1, 9));
        ConfigNode list = new ConfigNode.Sequence(
                HERE,
                List.of(
                        new ConfigNode.Text(HERE.child("1"), "0"),
                        new ConfigNode.Text(HERE.child("2"), "5"),
                        new ConfigNode.Text(HERE.child("3"), "x")));
        assertThat(option.read(list, problems)).isEmpty();
        assertThat(problems.list()).hasSize(2);
    }

    @Test
    void tells_a_table_where_a_scalar_belongs() {
        ConfigNode table = ConfigNode.Table.of(HERE, Map.of("a", "b"));
        assertThat(Option.text("name").read(table, problems)).isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("a table is not text"));
    }

    @Test
    void never_tells_the_value_of_a_secret() {
        Option<Long> secret = Option.integer("pin", 0, 9).secret().orElse(7L);
        assertThat(read(secret, "31337")).isEmpty();
        assertThat(problems.list().toString()).contains("secret").doesNotContain("31337");
        assertThat(secret.shownDefault()).isEmpty();
    }

    @Test
    void shows_its_default_as_it_would_be_written() {
        assertThat(Option.duration("wait", Duration.ZERO, Duration.ofDays(1))
                        .orElse(Duration.ofSeconds(90))
                        .shownDefault())
                .isEqualTo("90s");
        assertThat(Option.size("body", 0, 1L << 40).orElse(64L << 20).shownDefault())
                .isEqualTo("64MiB");
        assertThat(Option.flag("spill").orElse(true).shownDefault()).isEqualTo("yes");
        assertThat(Option.text("host").optional().shownDefault()).isEmpty();
    }
}
