package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LaunchScriptTest {

    @TempDir
    Path folder;

    private Path home;
    private Script script;

    @BeforeEach
    void a_distribution() throws IOException {
        home = folder.toRealPath().resolve("signal box");
        Script.copy("server/src/dist/bin/find-java", home.resolve("bin/find-java"));
        for (String jar : List.of("lib/b.jar", "lib/B.jar", "lib/a.jar", "plugins/a.jar", "plugins/README.md")) {
            Files.createDirectories(home.resolve(jar).getParent());
            Files.createFile(home.resolve(jar));
        }
        script = launching(Script.copy("server/src/dist/bin/signalbox", home.resolve("bin/signalbox")));
    }

    private Script launching(Path file) throws IOException {
        return new Script(file, folder).with("JAVA_HOME", Script.jdk(folder.resolve("jdk"), "21"));
    }

    @Test
    void writes_the_class_path_out_in_a_fixed_order_with_plugins_last() throws Exception {
        String expected = Stream.of("lib/B.jar", "lib/a.jar", "lib/b.jar", "plugins/a.jar")
                .map(jar -> home.resolve(jar).toString())
                .reduce((left, right) -> left + ":" + right)
                .orElseThrow();

        assertThat(Script.lines(script.run().out())).containsSequence("-cp", expected, "dev.signalbox.server.Main");
    }

    @Test
    void passes_its_arguments_on_as_they_are() throws Exception {
        assertThat(Script.lines(script.run("explain", "a  b", "*", "").out()))
                .endsWith("dev.signalbox.server.Main", "explain", "a  b", "*", "");
    }

    @Test
    void lets_its_options_be_overridden() throws Exception {
        assertThat(Script.lines(script.with("SIGNALBOX_JAVA_OPTS", "-Xmx64m -Da=b")
                        .run()
                        .out()))
                .startsWith("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xmx64m", "-Da=b");
    }

    @Test
    void leaves_the_choice_of_another_collector_alone() throws Exception {
        assertThat(Script.lines(script.with("SIGNALBOX_JAVA_OPTS", "-XX:+UseZGC -Da=b")
                        .run()
                        .out()))
                .contains("-XX:+UseZGC")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void is_found_through_links() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("sb"), Path.of("signal box/bin/signalbox"));

        assertThat(Script.lines(launching(link).run().out())).contains("-Dsignalbox.home=" + home);
    }
}
