package dev.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Problems;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfigurationTest {

    private static final String WRONG = """
            backends:
              a: { type: "${SIGNALBOX_TEST_UNSET}" }
              b: { type: test, linger: "${SIGNALBOX_TEST_UNSET}" }
              c: { type: test, keep: 1, linger: 2y }
              d:
            default: nowhere
            default: b/m
            """;

    private final Plugins plugins = Plugins.of(TestFactories.backend("test", TestBackend.saying("hi")));

    private static Configuration written(Path folder, String yaml) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve("signalbox.yaml"), yaml));
    }

    @Test
    void tells_what_the_environment_lacks_with_everything_else(@TempDir Path folder) throws Exception {
        Problems problems = new Problems();
        written(folder, WRONG).check(plugins, problems);
        assertThat(problems.list())
                .extracting(problem ->
                        problem.where().line() + " " + problem.where().path())
                .containsExactly(
                        "2 backends.a.type",
                        "3 backends.b.linger",
                        "4 backends.c.keep",
                        "4 backends.c.linger",
                        "5 backends.d",
                        "6 default",
                        "7 default");
        assertThat(problems.list().get(1).message()).contains("SIGNALBOX_TEST_UNSET is not set");
    }

    @Test
    void no_router_is_made_of_it(@TempDir Path folder) throws Exception {
        Configuration configuration = written(folder, "backends: { b: { type: \"${SIGNALBOX_TEST_UNSET:test}\" } }");
        Router.builder().plugins(plugins).configuration(configuration).build().close();

        Configuration wrong = written(folder, "backends: { b: { type: test, linger: \"${SIGNALBOX_TEST_UNSET}\" } }");
        RouterBuilder builder = Router.builder().plugins(plugins).configuration(wrong);
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("SIGNALBOX_TEST_UNSET is not set")
                .hasMessageNotContaining("is not a duration");
    }

    @Test
    void what_is_no_yaml_is_told_at_once(@TempDir Path folder) {
        assertThatThrownBy(() -> written(folder, "backends: [ 1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not closed");
        assertThatThrownBy(() -> Configuration.read(folder.resolve("none.yaml")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no such file");
    }
}
