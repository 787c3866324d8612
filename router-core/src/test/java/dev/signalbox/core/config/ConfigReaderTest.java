package dev.signalbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfigReaderTest {

    private final Problems problems = new Problems();
    private final ConfigReader reader = new ConfigReader(
            name -> Optional.ofNullable(Map.of("KEY", "sk-secret").get(name)));

    private ConfigNode.Table read(String yaml) {
        return reader.read(yaml, "signalbox.yaml", problems).orElseGet(() -> ConfigNode.Table.empty(Where.code("")));
    }

    private String scalar(String yaml, String key) {
        return ((ConfigNode.Text) read(yaml).members().get(key)).value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"off", "on", "yes", "no", "010", "1e3", "0x1F", "1_000", "2026-11-21", "1:30", "true", ".inf"})
    void leaves_words_and_numbers_as_they_were_written(String written) {
        assertThat(scalar("key: " + written, "key")).isEqualTo(written);
    }

    @Test
    void knows_the_line_of_every_value() {
        ConfigNode.Table root = read("a: 1\n\n# a comment\nb:\n  c: [ x,\n    y ]\n");
        ConfigNode.Table b = (ConfigNode.Table) root.members().get("b");
        ConfigNode.Sequence c = (ConfigNode.Sequence) b.members().get("c");
        assertThat(c.items().get(1).where()).hasToString("signalbox.yaml:6  b.c[2]");
    }

    @Test
    void refuses_a_key_that_stands_twice() {
        read("a: 1\nb: 2\na: 3\n");
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.where().line()).isEqualTo(3);
            assertThat(problem.message()).contains("line 1");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [1, 2",
                "a: {b: 1",
                "a: \"x",
                "a: b: c",
                "\ta: 1",
                "a: @x",
                "- a\nb: 1",
                "a: !!java.net.URL [x]",
                "a: &x 1",
                "a: *x"
            })
    void tells_a_mistake_in_the_syntax_with_its_line_instead_of_throwing(String yaml) {
        read(yaml);
        assertThat(problems.list()).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.where().file()).isEqualTo("signalbox.yaml");
            assertThat(problem.message()).doesNotContain("Exception", "org.yaml");
        });
    }

    @Test
    void puts_the_environment_in_the_place_of_its_names() {
        String yaml = "key: \"x ${KEY} y\"\nother: \"${NONE:plan b}\"\nplain: \"$${KEY}\"\n";
        assertThat(scalar(yaml, "key")).isEqualTo("x sk-secret y");
        assertThat(scalar(yaml, "other")).isEqualTo("plan b");
        assertThat(scalar(yaml, "plain")).isEqualTo("${KEY}");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void tells_a_name_that_the_environment_does_not_have() {
        read("a:\n  key: \"${NONE}\"\n");
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).hasToString("signalbox.yaml:2  a.key");
            assertThat(problem.message()).contains("NONE is not set", "${NONE:default}");
        });
    }

    @Test
    void never_shows_what_the_environment_holds() {
        ConfigNode node = read("key: \"${KEY}\"").members().get("key");
        assertThat(node.seen()).isEqualTo("\"${KEY}\"");
        assertThat(node).asString().doesNotContain("sk-secret");
    }

    @Test
    void is_not_drowned_by_depth() {
        read("a: " + "[".repeat(100_000) + "]".repeat(100_000));
        assertThat(problems.isEmpty()).isFalse();
    }

    @Test
    void says_what_to_do_about_a_file_that_cannot_be_read(@TempDir Path folder) throws Exception {
        Path latin = Files.write(folder.resolve("latin.yaml"), "a: é".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(1 << 21));
        reader.read(folder.resolve("none.yaml"), problems);
        reader.read(folder, problems);
        reader.read(latin, problems);
        reader.read(large, problems);
        assertThat(problems.list())
                .extracting(problem -> problem.message())
                .anySatisfy(message -> assertThat(message).contains("no such file"))
                .anySatisfy(message -> assertThat(message).contains("is a folder"))
                .anySatisfy(message -> assertThat(message).contains("not UTF-8"))
                .anySatisfy(message -> assertThat(message).contains("larger than 1 MiB"))
                .hasSize(4);
    }

    @Test
    void takes_an_empty_file_for_an_empty_configuration() {
        assertThat(read("").members()).isEmpty();
        assertThat(read("# nothing yet\n").members()).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }
}
